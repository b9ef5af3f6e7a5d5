"""What the portal shows in the frames of other sites, the page where one copies it, and oEmbed."""
