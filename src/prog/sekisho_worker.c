/* sekisho-worker: opens documents, one process each.
 * Runs as   the user of its parent; no files, no network, no programs (os/confine)
 * Hears     its parent (fd 3): jobs of wire/work.h with their descriptors
 * Keeps     nothing.  If killed: the running document is held, nothing is written */
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <signal.h>
#include <unistd.h>

#include "os/confine.h"
#include "sanitize/clean.h"
#include "worker/prototype.h"

enum { CONTROL_FD = 3 };

static int complain(const struct fault *why)
{
    (void)fprintf(stderr, "sekisho-worker: %s\n", why->text);
    return 3;
}

int main(int argc, char **argv)
{
    struct fault why = {0};
    bool developing = false;

    if (argc != 2 || strcmp(argv[1], "--serve") != 0) {
        (void)fputs("sekisho-worker is started by sekisho; see sekisho-clean(1)\n", stderr);
        return 2;
    }
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (confine_check(&developing, &why) != OK)
        return complain(&why);
    if (developing)
        (void)fputs("sekisho-worker: WARNING: NOT CONFINED (SEKISHO_UNCONFINED=development)\n", stderr);
    if (prototype_serve(CONTROL_FD, clean_document, developing, &why) != OK)
        return complain(&why);
    return 0;
}
