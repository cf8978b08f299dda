/* Colours of a picture turned into sRGB, so that its profile can go.
 *
 * Only plain device profiles (input, display, output, colour space) of gray, RGB and CMYK are used, at
 * most ICC_PROFILE_MAX bytes; anything else is UNSUPPORTED and the caller keeps the numbers as they are. */
#pragma once

#include "base/bytes.h"
#include "base/err.h"
#include "format/pixels.h"

enum { ICC_PROFILE_MAX = 4 << 20 };

struct icc; /* an open conversion */

/* channels  of a colour: 1 gray, 3 RGB, 4 CMYK as Adobe's JPEG files store it (255 = no ink)
 * ret_icc   given to the caller, icc_close(); the target is gray with the sRGB curve for gray, else sRGB */
enum err icc_open(struct bytes profile, unsigned channels, struct icc **ret_icc, struct fault *why) must_use;

/* The same for a PNG's gAMA and cHRM: the exponent of the file (0.45455 for 2.2), and the white point and
 * red, green, blue as x, y pairs (NULL: those of sRGB). */
enum err icc_open_gamma(double file_gamma, const double chroma[8], unsigned channels, struct icc **ret_icc,
                        struct fault *why) must_use;
void icc_close(struct icc *icc);

/* Whether the conversion changes no 8-bit sample by more than 2: then it can be left out. */
bool icc_is_identity(struct icc *icc);

/* Convert colours of 8-bit samples; from and to may be the same memory unless CMYK. */
void icc_colours(struct icc *icc, const uint8_t *from, uint8_t *to, size_t count);

/* Convert a picture with or without alpha; becomes 8-bit; CMYK becomes RGB. */
enum err icc_pixels(struct icc *icc, struct pixels *p, struct fault *why) must_use;
