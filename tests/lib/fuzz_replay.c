/* Run a fuzz target over files: the seeds as a plain test, without the fuzzing engine.
 *
 * usage: NAME_fuzz FILE-OR-FOLDER...
 * A broken promise aborts; the last file tried is named before it is run. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void run_file(const char *path, size_t size)
{
    FILE *f = fopen(path, "rb");
    uint8_t *data = malloc(size + 1);

    (void)fprintf(stderr, "%s\n", path);
    if (f == NULL || data == NULL || fread(data, 1, size, f) != size)
        exit(2);
    (void)fclose(f);
    (void)LLVMFuzzerTestOneInput(data, size);
    free(data);
}

/* A seed folder is flat. */
static size_t run(const char *path, int depth)
{
    struct stat st;
    struct dirent **list;
    size_t count = 0;
    int n;

    if (stat(path, &st) != 0)
        exit(2);
    if (!S_ISDIR(st.st_mode)) {
        run_file(path, (size_t)st.st_size);
        return 1;
    }
    n = depth > 1 ? 0 : scandir(path, &list, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        char inner[4096];

        if (list[i]->d_name[0] != '.') {
            (void)snprintf(inner, sizeof(inner), "%s/%s", path, list[i]->d_name);
            count += run(inner, depth + 1);
        }
        free(list[i]);
    }
    if (n > 0)
        free(list);
    return count;
}

int main(int argc, char **argv)
{
    size_t count = 0;

    for (int i = 1; i < argc; i++)
        count += run(argv[i], 0);
    (void)printf("%zu inputs\n", count);
    return count == 0;
}
