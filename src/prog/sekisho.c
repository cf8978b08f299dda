/* sekisho: what a person or a script types.
 * Runs as   the user who typed it; opens files, starts sekisho-worker
 * Hears     the command line, and workers on SEQPACKET channels (wire/work.h)
 * Keeps     nothing.  If killed: whole files that were linked stay, nothing half-written is left */
#include "command/command.h"

int main(int argc, char **argv)
{
    return command_main(argc, argv);
}
