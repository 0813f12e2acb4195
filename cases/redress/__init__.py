"""What follows from a finding: dispositions and rectification."""
