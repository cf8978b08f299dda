#include "sanitize/svg_data.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The value of a digit, or 64. */
static unsigned value_of(uint8_t c)
{
    const char *at = c == 0 ? NULL : strchr(digits, c);

    return at == NULL ? 64 : (unsigned)(at - digits);
}

/* The address with %2B and the like undone, one character at a time. */
static uint8_t next_byte(struct bytes in, size_t *at)
{
    uint8_t c = in.at[(*at)++];
    static const char hex[] = "0123456789abcdef0123456789ABCDEF";
    const char *high, *low;

    if (c != '%' || *at + 2 > in.len || in.at[*at] == 0 || in.at[*at + 1] == 0)
        return c;
    high = strchr(hex, in.at[*at]);
    low = strchr(hex, in.at[*at + 1]);
    if (high == NULL || low == NULL)
        return c;
    *at += 2;
    return (uint8_t)((high - hex) % 16 * 16 + (low - hex) % 16);
}

bool svg_data_read(struct bytes address, struct buf *out)
{
    size_t comma = bytes_find_byte(address, ',', 0), at;
    uint32_t held = 0;
    unsigned count = 0;

    if (!bytes_starts_fold(address, BYTES("data:")) || comma == SIZE_MAX ||
        bytes_find_fold(bytes_part(address, 0, comma), BYTES(";base64"), 0) == SIZE_MAX)
        return false;
    for (at = comma + 1; at < address.len;) {
        uint8_t c = next_byte(address, &at);

        if (c == '=')
            break;
        if (value_of(c) == 64) {
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
                continue;
            return false;
        }
        held = held << 6 | value_of(c);
        count += 6;
        if (count >= 8) {
            count -= 8;
            buf_put_u8(out, (uint8_t)(held >> count));
        }
    }
    return !out->full;
}

void svg_data_write(const char *media_type, struct bytes data, struct buf *out)
{
    buf_putf(out, "data:%s;base64,", media_type);
    for (size_t i = 0; i < data.len; i += 3) {
        uint32_t v = (uint32_t)data.at[i] << 16;
        size_t left = data.len - i;

        if (left > 1)
            v |= (uint32_t)data.at[i + 1] << 8;
        if (left > 2)
            v |= data.at[i + 2];
        buf_put_u8(out, (uint8_t)digits[v >> 18]);
        buf_put_u8(out, (uint8_t)digits[v >> 12 & 63]);
        buf_put_u8(out, left > 1 ? (uint8_t)digits[v >> 6 & 63] : '=');
        buf_put_u8(out, left > 2 ? (uint8_t)digits[v & 63] : '=');
    }
}
