#include "format/json_keys.h"

#include <stdlib.h>

#include "base/limit.h"

enum { SLOTS_FIRST = 1024 };

static size_t key_count(const struct json_keys *k)
{
    return k->keys.len / sizeof(struct json_key);
}

static struct json_key *key_at(const struct json_keys *k, size_t index)
{
    return (struct json_key *)(void *)k->keys.at + index;
}

static uint32_t object_count(const struct json_keys *k)
{
    return (uint32_t)(k->objects.len / sizeof(uint32_t));
}

static uint32_t *new_slots(size_t count)
{
    uint32_t *slots = calloc(count, sizeof(*slots));

    if (slots == NULL)
        limit_exit();
    return slots;
}

void json_keys_init(struct json_keys *k, size_t max)
{
    *k = (struct json_keys){.slots = new_slots(SLOTS_FIRST), .slot_count = SLOTS_FIRST};
    buf_init(&k->text, max);
    buf_init(&k->keys, max * 2);
    buf_init(&k->objects, 1 << 20);
}

void json_keys_done(struct json_keys *k)
{
    buf_done(&k->text);
    buf_done(&k->keys);
    buf_done(&k->objects);
    free(k->slots);
    k->slots = NULL;
}

void json_keys_enter(struct json_keys *k)
{
    uint32_t first = (uint32_t)key_count(k);

    buf_put(&k->objects, (struct bytes){(const uint8_t *)&first, sizeof(first)});
}

static uint64_t hash_of(struct bytes name, uint32_t object)
{
    uint64_t h = 1469598103934665603u ^ object;

    for (size_t i = 0; i < name.len; i++)
        h = (h ^ name.at[i]) * 1099511628211u;
    return h ^ h >> 29;
}

static size_t slot_of(const struct json_keys *k, uint64_t hash)
{
    return (size_t)hash & (k->slot_count - 1);
}

/* The slot of a key, or the free one where it would stand. */
static size_t find(const struct json_keys *k, struct bytes name, uint64_t hash, uint32_t object)
{
    size_t s = slot_of(k, hash);

    for (; k->slots[s] != 0; s = (s + 1) & (k->slot_count - 1)) {
        const struct json_key *key = key_at(k, k->slots[s] - 1);

        if (key->hash == hash && key->object == object && bytes_equal(bytes_part(buf_bytes(&k->text), key->at, key->len), name))
            break;
    }
    return s;
}

/* In the order they came, so that the last one in is still the first one out. */
static void grow(struct json_keys *k)
{
    free(k->slots);
    k->slot_count *= 2;
    k->slots = new_slots(k->slot_count);
    for (size_t i = 0; i < key_count(k); i++) {
        size_t s = slot_of(k, key_at(k, i)->hash);

        while (k->slots[s] != 0)
            s = (s + 1) & (k->slot_count - 1);
        k->slots[s] = (uint32_t)i + 1;
    }
}

enum err json_keys_add(struct json_keys *k, struct bytes name, struct fault *why)
{
    uint32_t object = object_count(k);
    struct json_key key = {hash_of(name, object), k->text.len, name.len, object};
    size_t slot;

    if (key_count(k) * 2 >= k->slot_count)
        grow(k);
    slot = find(k, name, key.hash, object);
    if (k->slots[slot] != 0)
        return fault_set(why, ERR_MALFORMED, "T08", "RFC 8259 4", 0, "two members of the same name in one object");
    buf_put(&k->text, name);
    buf_put(&k->keys, (struct bytes){(const uint8_t *)&key, sizeof(key)});
    TRY(buf_check(&k->text, why));
    TRY(buf_check(&k->keys, why));
    k->slots[slot] = (uint32_t)key_count(k);
    return OK;
}

/* Names leave in the reverse order they came: a slot can be emptied without a gap for others. */
void json_keys_leave(struct json_keys *k)
{
    uint32_t object = object_count(k), first;

    memcpy(&first, k->objects.at + (object - 1) * sizeof(first), sizeof(first));
    for (size_t i = key_count(k); i-- > first;) {
        size_t s = slot_of(k, key_at(k, i)->hash);

        while (k->slots[s] != (uint32_t)i + 1)
            s = (s + 1) & (k->slot_count - 1);
        k->slots[s] = 0;
        k->text.len = key_at(k, i)->at;
    }
    k->keys.len = first * sizeof(struct json_key);
    k->objects.len -= sizeof(first);
}
