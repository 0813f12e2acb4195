"""What the public lodges: complainant, complaint, evidence, receipt, tracking, rating."""
