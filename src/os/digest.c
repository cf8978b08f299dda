/* libcrypto has a type of the name of one of our errors */
#define ERR_STATE LIBCRYPTO_ERR_STATE
#include <openssl/evp.h>
#undef ERR_STATE

#include "os/digest.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

enum { CHUNK = 1 << 16 };

static enum err failed(struct fault *why)
{
    return fault_set(why, ERR_SYSTEM, NULL, "SHA-256", 0, "libcrypto failed");
}

static enum err update_all(EVP_MD_CTX *ctx, int fd, uint64_t *ret_size, struct fault *why)
{
    uint8_t chunk[CHUNK];
    uint64_t at = 0;

    for (;;) {
        ssize_t n = pread(fd, chunk, sizeof(chunk), (off_t)at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fault_sys(why, "read");
        if (n == 0)
            break;
        if (EVP_DigestUpdate(ctx, chunk, (size_t)n) != 1)
            return failed(why);
        at += (uint64_t)n;
    }
    *ret_size = at;
    return OK;
}

enum err digest_file(int fd, char ret_hex[DIGEST_HEX], uint64_t *ret_size, struct fault *why)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    uint8_t raw[EVP_MAX_MD_SIZE];
    enum err code;

    if (ctx == NULL || EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) != 1)
        code = failed(why);
    else
        code = update_all(ctx, fd, ret_size, why);
    if (code == OK && EVP_DigestFinal_ex(ctx, raw, NULL) != 1)
        code = failed(why);
    EVP_MD_CTX_free(ctx);
    for (size_t n = 0; code == OK && n < 32; n++)
        (void)snprintf(ret_hex + 2 * n, 3, "%02x", raw[n]);
    return code;
}
