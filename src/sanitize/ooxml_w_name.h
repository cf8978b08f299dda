/* The names that may stay in the vocabularies of Word, sorted. */
#pragma once

enum {
    OOXML_W_NAME_COUNT = 837,
    OOXML_W_NAME_MORE_COUNT = 164,
    OOXML_W_NAME_WP_COUNT = 21,
    OOXML_W_NAME_M_COUNT = 126,
};

extern const char *const ooxml_w_name[OOXML_W_NAME_COUNT];
extern const char *const ooxml_w_name_more[OOXML_W_NAME_MORE_COUNT];
extern const char *const ooxml_w_name_wp[OOXML_W_NAME_WP_COUNT];
extern const char *const ooxml_w_name_m[OOXML_W_NAME_M_COUNT];
