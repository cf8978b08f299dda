/* `sekisho SUBCOMMAND …`: what the program does, as an exit status. */
#pragma once

enum { EXIT_CLEAN = 0, EXIT_NOT_ALL = 1, EXIT_USAGE = 2, EXIT_OWN = 3 };

int command_main(int argc, char **argv);
