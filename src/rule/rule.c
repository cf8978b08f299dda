#include "rule/rule.h"

struct entry {
    const char *id, *en, *ja;
    enum choice def;
    unsigned choices;
};

#define NONE CHOICE_NONE
#define KEEP CHOICE_KEEP
#define SANITIZE CHOICE_SANITIZE
#define REMOVE CHOICE_REMOVE
#define REFUSE CHOICE_REFUSE
static const struct entry entries[ROW_COUNT] = {
#define ROW(id, def, choices, en, ja) {#id, en, ja, def, (unsigned)(choices)},
#include "rule/catalog.def"
#undef ROW
};

static const char *const act_ids[ACT_COUNT] = {"removed", "neutralized", "rebuilt", "kept", "withheld"};
static const char *const act_ja[ACT_COUNT] = {"除去", "無効化", "再構成", "保持", "不通過"};

const char *rule_id(enum row row)
{
    return entries[row].id;
}

const char *rule_text(enum row row, bool japanese)
{
    return japanese ? entries[row].ja : entries[row].en;
}

enum choice rule_default(enum row row)
{
    return entries[row].def;
}

unsigned rule_choices(enum row row)
{
    return entries[row].choices;
}

const char *rule_act(enum act act)
{
    return act_ids[act];
}

const char *rule_act_text(enum act act, bool japanese)
{
    return japanese ? act_ja[act] : act_ids[act];
}

bool rule_find(struct bytes id, enum row *ret_row)
{
    for (unsigned i = 0; i < ROW_COUNT; i++) {
        if (bytes_equal(id, bytes_of(entries[i].id))) {
            *ret_row = (enum row)i;
            return true;
        }
    }
    return false;
}
