"""What an employer sends with a claim for sick cost: the schedule, the substitutes' shifts, the payslip."""
