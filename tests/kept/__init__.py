"""What earlier versions wrote still opens, is audited, compared, reported and planned on."""
