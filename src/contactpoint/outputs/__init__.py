"""What the network publishes: news, publications, events, videos, vacancies, developments."""
