#include <iconv.h>

#include "base/test.h"
#include "text/charset_guess.h"

/* Short strings of office practice: the detector has little to go by. */
static const char *const words[] = {
    "住民税", "固定資産税", "請求書", "見積書", "議事録", "名簿", "一覧", "通知", "別紙", "様式第１号", "令和６年度", "平成三十年",
    "申請書.txt", "東京都", "北海道札幌市", "山田太郎", "佐藤花子", "鈴木", "田中様", "お知らせ", "ありがとうございます。",
    "はい", "いいえ", "テスト", "カタカナ", "データ", "ファイル", "メール", "ｶﾀｶﾅ", "ﾃﾞｰﾀ", "ﾔﾏﾀﾞ ﾀﾛｳ", "ｻﾄｳ ﾊﾅｺ", "ﾐﾂﾋﾞｼ",
    "氏名,住所,電話番号", "合計,1200円", "No.1 東京", "ID,氏名\n1,山田\n", "①②③", "㈱関所", "髙橋", "﨑", "株式会社", "（株）関所",
    "〒100-0001", "第１回　会議", "３月末〆切", "電話：03-1234-5678", "12:30～13:00", "「防災訓練」", "介護保険料", "国民健康保険",
    "水道課", "総務部長", "小学校", "給食費", "あ", "日本", "、。", "文字化け", "個人番号カード", "避難所", "罹災証明書", "Ⅳ 予算",
    "㎡あたり", "昭和64年", "ｱｲｳｴｵ12345", "※注意", "様", "町役場", "上下水道", "児童手当", "後期高齢者医療", "選挙管理委員会",
};

static size_t encode(const char *to, const char *text, uint8_t *out, size_t room)
{
    iconv_t cd = iconv_open(to, "UTF-8");
    char *from = (char *)(uintptr_t)text, *at = (char *)out;
    size_t left = strlen(text), was = room;
    size_t bad = iconv(cd, &from, &left, &at, &room);

    (void)iconv_close(cd);
    return bad == 0 && left == 0 ? was - room : 0;
}

/* As CP50221 writes: from the EUC-JP form. */
static size_t encode_2022(const uint8_t *euc, size_t len, uint8_t *out)
{
    struct buf b;
    char mode = 'B';

    buf_init(&b, 4096);
    for (size_t i = 0; i < len;) {
        char want = euc[i] < 0x80 ? 'B' : euc[i] == 0x8e ? 'I' : euc[i] == 0x8f ? 'D' : '$';

        if (want != mode)
            buf_put_text(&b, want == 'B' ? "\x1b(B" : want == 'I' ? "\x1b(I" : want == 'D' ? "\x1b$(D" : "\x1b$B");
        mode = want;
        i += want == 'I' || want == 'D';
        buf_put_u8(&b, euc[i] & 0x7f);
        if (want == '$' || want == 'D')
            buf_put_u8(&b, euc[i + 1] & 0x7f);
        i += want == '$' || want == 'D' ? 2 : 1;
    }
    if (mode != 'B')
        buf_put_text(&b, "\x1b(B");
    memcpy(out, b.at, b.len);
    len = b.len;
    buf_done(&b);
    return len;
}

static bool decodes_to(struct bytes in, enum charset set, const char *text)
{
    struct buf out;
    bool same;

    buf_init(&out, 1 << 20);
    same = charset_to_utf8(in, set, &out, NULL) == OK && bytes_equal(buf_bytes(&out), bytes_of(text));
    buf_done(&out);
    return same;
}

static void check_one(const char *word, const uint8_t *code, size_t len, enum charset set)
{
    struct bytes in = {code, len};
    enum charset got = charset_guess(in);

    if (len == 0)
        (void)printf("  %s has no %s form\n", word, charset_name(set));
    if (got != set)
        (void)printf("  %s in %s taken for %s\n", word, charset_name(set), charset_name(got));
    CHECK(len > 0);
    CHECK(got == set);
    CHECK(decodes_to(in, set, word));
}

static void every_short_word_is_told(void)
{
    for (size_t i = 0; i < countof(words); i++) {
        uint8_t code[512], euc[512];
        size_t len = encode("EUC-JP-MS", words[i], euc, sizeof(euc));

        check_one(words[i], (const uint8_t *)words[i], strlen(words[i]), CHARSET_utf8);
        check_one(words[i], euc, len, CHARSET_eucjp);
        check_one(words[i], code, encode_2022(euc, len, code), CHARSET_iso2022jp);
        check_one(words[i], code, encode("CP932", words[i], code, sizeof(code)), CHARSET_cp932);
    }
}

static void wide_text_is_told(void)
{
    const char *text = "氏名,住所\r\n山田,東京\r\n";
    uint8_t code[256] = {0xff, 0xfe};
    size_t len = encode("UTF-16LE", text, code + 2, sizeof(code) - 2);

    check_one(text, code, len + 2, CHARSET_utf16le);
    check_one(text, code + 2, len, CHARSET_utf16le);
    code[0] = 0xfe, code[1] = 0xff;
    len = encode("UTF-16BE", text, code + 2, sizeof(code) - 2);
    check_one(text, code, len + 2, CHARSET_utf16be);
    check_one(text, code + 2, len, CHARSET_utf16be);
}

static void letters_of_the_west_stay_utf8(void)
{
    static const char *const texts[] = {"caf\xc3\xa9", "20\xc2\xb0" "C", "3 \xc3\x97 4", "10 \xce\xbcm", "plain", "", "\xef\xbb\xbf" "a"};

    for (size_t i = 0; i < countof(texts); i++)
        CHECK(charset_guess(bytes_of(texts[i])) == CHARSET_utf8);
}

static void what_is_no_text_is_refused(void)
{
    static const struct {
        struct bytes in;
        enum charset set;
        size_t at;
    } bad[] = {
        {{(const uint8_t *)"ab\0cd", 5}, CHARSET_utf8, 2},
        {{(const uint8_t *)"a\xc0\xaf", 3}, CHARSET_utf8, 1},
        {{(const uint8_t *)"a\xed\xa0\x80", 4}, CHARSET_utf8, 1},
        {{(const uint8_t *)"a\xf4\x90\x80\x80", 5}, CHARSET_utf8, 1},
        {{(const uint8_t *)"a\xe3\x81", 3}, CHARSET_utf8, 1},
        {{(const uint8_t *)"\x82\xa0\x82", 3}, CHARSET_cp932, 2},
        {{(const uint8_t *)"\x81\xad", 2}, CHARSET_cp932, 0},
        {{(const uint8_t *)"\xa4\xa2\x80", 3}, CHARSET_eucjp, 2},
        {{(const uint8_t *)"\x1b$B$", 4}, CHARSET_iso2022jp, 3},
        {{(const uint8_t *)"a\0\0\xdc", 4}, CHARSET_utf16le, 2},
        {{(const uint8_t *)"a\0\0\xd8", 4}, CHARSET_utf16le, 2},
        {{(const uint8_t *)"a\0b", 3}, CHARSET_utf16le, 2},
    };

    for (size_t i = 0; i < countof(bad); i++) {
        struct fault why = {0};
        struct buf out;

        buf_init(&out, 4096);
        CHECK(charset_to_utf8(bad[i].in, bad[i].set, &out, &why) == ERR_MALFORMED);
        CHECK(why.at == bad[i].at);
        CHECK(why.row != NULL && strcmp(why.row, "T03") == 0);
        buf_done(&out);
    }
    CHECK(charset_guess((struct bytes){(const uint8_t *)"\xff\xfe\0\0a\0\0\0", 8}) == CHARSET_none);
    CHECK(charset_guess((struct bytes){(const uint8_t *)"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16}) == CHARSET_none);
}

/* glibc's own ISO-2022-JP cannot read these; mail and files of practice have them. */
static void extensions_decode_in_iso2022jp(void)
{
    CHECK(decodes_to(BYTES("\x1b$B-!-j|b\x1b(B"), CHARSET_iso2022jp, "①㈱髙"));
    CHECK(decodes_to(BYTES("\x1b(I6@6E\x1b(B!"), CHARSET_iso2022jp, "ｶﾀｶﾅ!"));
    CHECK(decodes_to(BYTES("a\x0e" "6@\x0f" "b"), CHARSET_iso2022jp, "aｶﾀb"));
}

static void labels_are_known(void)
{
    CHECK(charset_by_name(BYTES("Shift_JIS")) == CHARSET_cp932);
    CHECK(charset_by_name(BYTES("EUC-JP")) == CHARSET_eucjp);
    CHECK(charset_by_name(BYTES("utf-7")) == CHARSET_none);
}

TEST_MAIN(TEST(every_short_word_is_told), TEST(wide_text_is_told), TEST(letters_of_the_west_stay_utf8),
          TEST(what_is_no_text_is_refused), TEST(extensions_decode_in_iso2022jp), TEST(labels_are_known))
