#include "command/options.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"

enum { JOBS_MAX = 64 };

static const struct option longs[] = {
    {"profile", required_argument, NULL, 'p'}, {"output", required_argument, NULL, 'o'},
    {"jobs", required_argument, NULL, 'j'},    {"report", required_argument, NULL, 'r'},
    {"force", no_argument, NULL, 'f'},         {"quiet", no_argument, NULL, 'q'},
    {"help", no_argument, NULL, 'h'},          {NULL, 0, NULL, 0},
};

static const char help_en[] =
    "usage: sekisho clean   [-p PROFILE] [-o FOLDER] [-j N] [-f] [-q] [--report FILE] PATH...\n"
    "       sekisho inspect [-p PROFILE] [-j N] [-q] [--report FILE] PATH...\n"
    "       sekisho --help | --version\n"
    "\n"
    "clean writes every document afresh without anything active; inspect only says what it would find.\n"
    "PATH is a file, a folder (mirrored below FOLDER), or - for standard input to standard output.\n"
    "\n"
    "  -p, --profile NAME   standard, strict, text-only, or the path of a profile file\n"
    "  -o, --output FOLDER  where clean files go (default: ./clean)\n"
    "  -j, --jobs N         documents at a time (default: one a processor)\n"
    "  -f, --force          replace files that are already in FOLDER\n"
    "  -q, --quiet          no progress and no table\n"
    "      --report FILE    one JSON object a line; - for standard output\n"
    "\n"
    "Exit status: 0 all clean, 1 something held or refused, 2 wrong usage, 3 own failure\n";

static const char help_ja[] =
    "使い方: sekisho clean   [-p プロファイル] [-o フォルダー] [-j 数] [-f] [-q] [--report ファイル] パス...\n"
    "        sekisho inspect [-p プロファイル] [-j 数] [-q] [--report ファイル] パス...\n"
    "        sekisho --help | --version\n"
    "\n"
    "clean は文書を、動作するものを含まない新しいファイルとして書き直します。inspect は調べるだけで何も書きません。\n"
    "パスにはファイル、フォルダー（同じ構成で書き出します）、または -（標準入力から標準出力へ）を指定します。\n"
    "\n"
    "  -p, --profile 名前       standard、strict、text-only、またはプロファイルのパス\n"
    "  -o, --output フォルダー  無害化したファイルの書き出し先（既定: ./clean）\n"
    "  -j, --jobs 数            同時に処理する文書の数（既定: プロセッサーの数）\n"
    "  -f, --force              書き出し先にあるファイルを置き換える\n"
    "  -q, --quiet              進み具合と表を出さない\n"
    "      --report ファイル    結果を 1 行 1 件の JSON で書く。- は標準出力\n"
    "\n"
    "終了コード: 0 すべて無害化済、1 保留または拒否あり、2 使い方の誤り、3 処理側の失敗\n";

const char *options_help(bool japanese)
{
    return japanese ? help_ja : help_en;
}

bool options_japanese(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

    for (size_t i = 0; i < countof(names); i++) {
        const char *value = getenv(names[i]);

        if (value != NULL && value[0] != '\0')
            return strncmp(value, "ja", 2) == 0;
    }
    return false;
}

static enum err read_jobs(const char *text, struct options *o, struct fault *why)
{
    uint64_t n;

    if (!bytes_to_u64(bytes_of(text), &n) || n == 0 || n > JOBS_MAX)
        return fault_set(why, ERR_MALFORMED, NULL, "usage", 0, "-j %.40s: expected a number from 1 to %d", text,
                         JOBS_MAX);
    o->jobs = (unsigned)n;
    return OK;
}

static enum err take(int letter, struct options *o, struct fault *why)
{
    switch (letter) {
    case 'p':
        o->profile = optarg;
        return OK;
    case 'o':
        o->out = optarg;
        return OK;
    case 'r':
        o->report = optarg;
        return OK;
    case 'f':
        o->replace = true;
        return OK;
    case 'q':
        o->quiet = true;
        return OK;
    case 'j':
        return read_jobs(optarg, o, why);
    default:
        return fault_set(why, ERR_MALFORMED, NULL, "usage", 0, "unknown option or missing value; see sekisho --help");
    }
}

/* Standard input goes to standard output, so nothing else may. */
static enum err check(const struct options *o, struct fault *why)
{
    bool has_stdin = false;

    for (size_t i = 0; i < o->path_count; i++)
        has_stdin |= strcmp(o->paths[i], "-") == 0;
    if (o->path_count == 0)
        return fault_set(why, ERR_MALFORMED, NULL, "usage", 0, "no PATH given; see sekisho --help");
    if (has_stdin && o->path_count > 1)
        return fault_set(why, ERR_MALFORMED, NULL, "usage", 0, "- (standard input) goes alone");
    if (has_stdin && !o->inspect && o->report != NULL && strcmp(o->report, "-") == 0)
        return fault_set(why, ERR_MALFORMED, NULL, "usage", 0,
                         "standard output cannot take both the document and the report");
    return OK;
}

enum err options_read(int argc, char **argv, bool inspect, struct options *ret, struct fault *why)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    int letter;

    *ret = (struct options){.inspect = inspect,
                            .profile = "standard",
                            .out = "clean",
                            .jobs = processors < 1 ? 1 : processors > JOBS_MAX ? JOBS_MAX : (unsigned)processors,
                            .japanese = options_japanese(),
                            .tty = isatty(STDERR_FILENO) == 1};
    opterr = 0;
    optind = 1;
    while ((letter = getopt_long(argc, argv, "p:o:j:fqh", longs, NULL)) != -1)
        TRY(take(letter, ret, why));
    ret->paths = argv + optind;
    ret->path_count = (size_t)(argc - optind);
    return check(ret, why);
}
