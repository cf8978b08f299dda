#include "sanitize/svg_allow.h"

struct element {
    const char *name;
    enum svg_element kind;
};
static const struct element elements[] = {
#define ELEMENT(name, kind) {#name, SVG_##kind},
#include "sanitize/svg_element.def"
#undef ELEMENT
};

struct attribute {
    const char *name;
    bool attribute, property;
};
static const struct attribute attributes[] = {
#define ATTRIBUTE(name) {name, true, false},
#define PROPERTY(name) {name, true, true},
#define STYLED(name) {name, false, true},
#include "sanitize/svg_attribute.def"
#undef ATTRIBUTE
#undef PROPERTY
#undef STYLED
};

static const char *const functions[] = {
    "rgb",        "rgba",       "hsl",      "hsla",       "hwb",     "lab",        "lch",        "matrix",    "matrix3d",
    "translate",  "translatex", "translatey", "translatez", "translate3d", "scale", "scalex",   "scaley",    "scalez",
    "scale3d",    "rotate",     "rotatex",  "rotatey",    "rotatez", "rotate3d",   "skew",       "skewx",     "skewy",
    "perspective", "calc",      "min",      "max",        "clamp",   "rect",       "inset",      "circle",    "ellipse",
    "polygon",    "blur",       "brightness", "contrast", "drop-shadow", "grayscale", "hue-rotate", "invert", "opacity",
    "saturate",   "sepia",
    /* in selectors */
    "not",        "nth-child",  "nth-of-type", "nth-last-child", "nth-last-of-type", "is", "where",
    /* of ICC colours, which readers ignore */
    "icc-color"};

enum svg_element svg_allow_element(struct bytes local)
{
    for (size_t i = 0; i < countof(elements); i++)
        if (bytes_equal(local, bytes_of(elements[i].name)))
            return elements[i].kind;
    return SVG_UNKNOWN;
}

bool svg_allow_attribute(struct bytes name)
{
    for (size_t i = 0; i < countof(attributes); i++)
        if (attributes[i].attribute && bytes_equal(name, bytes_of(attributes[i].name)))
            return true;
    return false;
}

bool svg_allow_property(struct bytes name)
{
    for (size_t i = 0; i < countof(attributes); i++)
        if (attributes[i].property && bytes_equal_fold(name, bytes_of(attributes[i].name)))
            return true;
    return false;
}

bool svg_allow_function(struct bytes name)
{
    for (size_t i = 0; i < countof(functions); i++)
        if (bytes_equal_fold(name, bytes_of(functions[i])))
            return true;
    return false;
}
