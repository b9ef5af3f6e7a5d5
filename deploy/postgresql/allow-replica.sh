#!/bin/sh
# In a container: the replica of the same network may follow with a password.
echo "host replication portal samenet scram-sha-256" >>"$PGDATA/pg_hba.conf"
