"""What every feature stands on and no domain knows: pages, blocks, look, jobs, outbox."""
