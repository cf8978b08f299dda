/* The rows of the threat catalogue, what may be chosen for them, and the words for people. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

enum row {
#define ROW(id, def, choices, en, ja) ROW_##id,
#include "rule/catalog.def"
#undef ROW
    ROW_COUNT
};

/* What happens to a construct.  The values are bits so that a row can list what may be chosen. */
enum choice {
    CHOICE_NONE = 0,
    CHOICE_KEEP = 1,     /* stays, after validation */
    CHOICE_SANITIZE = 2, /* stays in a harmless form */
    CHOICE_REMOVE = 4,   /* goes */
    CHOICE_REFUSE = 8,   /* the whole document is not passed */
};

/* What was done to one construct, as the report says it. */
enum act {
    ACT_REMOVED,
    ACT_NEUTRALIZED, /* looks and text stay, the effect is gone */
    ACT_REBUILT,     /* same content, written in a safe form */
    ACT_KEPT,        /* reported only: no hazard, or the profile keeps it */
    ACT_WITHHELD,    /* an entry of an archive that was not passed */
    ACT_COUNT
};

const char *rule_id(enum row row);                  /* "P05" */
const char *rule_text(enum row row, bool japanese); /* for people */
enum choice rule_default(enum row row);
unsigned rule_choices(enum row row); /* bits a profile may choose from; 0 = never switched */
const char *rule_act(enum act act);                 /* "removed", as in the JSON report */
const char *rule_act_text(enum act act, bool japanese);

/* The row with this id; false when there is none. */
bool rule_find(struct bytes id, enum row *ret_row);
