"""What all commands share: options, exit codes, how problems and progress are told."""
