#include "sanitize/ooxml_field.h"

enum err ooxml_field_scan(struct ooxml_filter *f, struct fault *why)
{
    (void)f, (void)why;
    return OK;
}
