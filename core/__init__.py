"""The ground floor: event log, notices, working calendar, deadline arithmetic, vault, stored files, numbering, clock."""
