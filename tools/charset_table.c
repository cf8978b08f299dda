/* Write the character tables of src/text from the build host's iconv: run once by the build.
 *
 * usage: charset_table OUTPUT.c */
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 94, ROWS = 120 };

/* The kanji taught in primary school: what office text is mostly made of.  First the four lower grades. */
static const char common[] =
    "一右雨円王音下火花貝学気九休玉金空月犬見五口校左三山子四糸字耳七車手十出女小上森人水正生青夕石赤千川先早草足村大男竹中"
    "虫町天田土二日入年白八百文木本名目立力林六引羽雲園遠何科夏家歌画回会海絵外角楽活間丸岩顔汽記帰弓牛魚京強教近兄形計元言"
    "原戸古午後語工公広交光考行高黄合谷国黒今才細作算止市矢姉思紙寺自時室社弱首秋週春書少場色食心新親図数西声星晴切雪船線前"
    "組走多太体台地池知茶昼長鳥朝直通弟店点電刀冬当東答頭同道読内南肉馬売買麦半番父風分聞米歩母方北毎妹万明鳴毛門夜野友用曜"
    "来里理話悪安暗医委意育員院飲運泳駅央横屋温化荷界開階寒感漢館岸起期客究急級宮球去橋業曲局銀区苦具君係軽血決研県庫湖向幸"
    "港号根祭皿仕死使始指歯詩次事持式実写者主守取酒受州拾終習集住重宿所暑助昭消商章勝乗植申身神真深進世整昔全相送想息速族他"
    "打対待代第題炭短談着注柱丁帳調追定庭笛鉄転都度投豆島湯登等動童農波配倍箱畑発反坂板皮悲美鼻筆氷表秒病品負部服福物平返勉"
    "放味命面問役薬由油有遊予羊洋葉陽様落流旅両緑礼列練路和愛案以衣位茨印英栄媛塩岡億加果貨課芽賀改械害街各覚潟完官管関観願"
    "岐希季旗器機議求泣給挙漁共協鏡競極熊訓軍郡群径景芸欠結建健験固功好香候康佐差菜最埼材崎昨札刷察参産散残氏司試児治滋辞鹿"
    "失借種周祝順初松笑唱焼照城縄臣信井成省清静席積折節説浅戦選然争倉巣束側続卒孫帯隊達単置仲沖兆低底的典伝徒努灯働特徳栃奈"
    "梨熱念敗梅博阪飯飛必票標不夫付府阜富副兵別辺変便包法望牧末満未民無約勇要養浴利陸良料量輪類令冷例連老労録";
static const char usual[] =
    "圧囲移因永営衛易益液演応往桜可仮価河過快解格確額刊幹慣眼紀基寄規喜技義逆久旧救居許境均禁句型経潔件険検限現減故個護効厚"
    "耕航鉱構興講告混査再災妻採際在財罪殺雑酸賛士支史志枝師資飼示似識質舎謝授修述術準序招証象賞条状常情織職制性政勢精製税責"
    "績接設絶祖素総造像増則測属率損貸態団断築貯張停提程適統堂銅導得毒独任燃能破犯判版比肥非費備評貧布婦武復複仏粉編弁保墓報"
    "豊防貿暴脈務夢迷綿輸余容略留領歴胃異遺域宇映延沿恩我灰拡革閣割株干巻看簡危机揮貴疑吸供胸郷勤筋系敬警劇激穴券絹権憲源厳"
    "己呼誤后孝皇紅降鋼刻穀骨困砂座済裁策冊蚕至私姿視詞誌磁射捨尺若樹収宗就衆従縦縮熟純処署諸除承将傷障蒸針仁垂推寸盛聖誠舌"
    "宣専泉洗染銭善奏窓創装層操蔵臓存尊退宅担探誕段暖値宙忠著庁頂腸潮賃痛敵展討党糖届難乳認納脳派拝背肺俳班晩否批秘俵腹奮並"
    "陛閉片補暮宝訪亡忘棒枚幕密盟模訳郵優預幼欲翌乱卵覧裏律臨朗論"
    "込違扱般項添紹介依頼募契締払控免滞猶岳滝浜浦藤伊斎渡辺沢瀬堀塚阿吉郎也之佳智恵哉那彦弘介隆浩淳聡亮翔俊";

/* UTF-16 of one character, or 0 when it has none (or is outside the plane of 65,536). */
static uint16_t convert(iconv_t cd, const unsigned char *code, size_t len)
{
    unsigned char out[8];
    char *from = (char *)(uintptr_t)code, *to = (char *)out;
    size_t left = len, room = sizeof(out);

    (void)iconv(cd, NULL, NULL, NULL, NULL);
    if (iconv(cd, &from, &left, &to, &room) != 0 || left != 0 || room != sizeof(out) - 2)
        return 0;
    return (uint16_t)(out[0] << 8 | out[1]);
}

static iconv_t must_open(const char *from)
{
    iconv_t cd = iconv_open("UTF-16BE", from);

    if (cd == (iconv_t)-1) {
        (void)fprintf(stderr, "iconv here does not know %s\n", from);
        exit(1);
    }
    return cd;
}

static void fill_jis(uint16_t *table)
{
    iconv_t cd = must_open("CP932");

    for (unsigned row = 0; row < ROWS; row++) {
        for (unsigned cell = 0; cell < CELLS; cell++) {
            unsigned lead = row / 2 + (row < 62 ? 0x81 : 0xc1);
            unsigned trail = row % 2 == 1 ? cell + 0x9f : cell + (cell < 63 ? 0x40 : 0x41);
            unsigned char code[2] = {(unsigned char)lead, (unsigned char)trail};

            table[row * CELLS + cell] = convert(cd, code, 2);
        }
    }
    (void)iconv_close(cd);
}

static void fill_jis2(uint16_t *table)
{
    iconv_t cd = must_open("EUC-JP-MS");

    for (unsigned row = 0; row < CELLS; row++) {
        for (unsigned cell = 0; cell < CELLS; cell++) {
            unsigned char code[3] = {0x8f, (unsigned char)(row + 0xa1), (unsigned char)(cell + 0xa1)};
            uint16_t c = convert(cd, code, 3);

            table[row * CELLS + cell] = c >= 0xe000 && c < 0xf900 ? 0 : c;
        }
    }
    (void)iconv_close(cd);
}

/* The character in a list of three-byte characters. */
static int listed(const char *list, uint16_t c)
{
    char utf8[4] = {(char)(0xe0 | c >> 12), (char)(0x80 | (c >> 6 & 63)), (char)(0x80 | (c & 63)), 0};

    for (const char *at = strstr(list, utf8); at != NULL; at = strstr(at + 1, utf8))
        if ((at - list) % 3 == 0)
            return 1;
    return 0;
}

/* Half bits.  The steps are the logarithm of how often such a character is met in letters and tables. */
static unsigned cost_of(unsigned row, unsigned cell, uint16_t c)
{
    if (c == 0)
        return 255;
    if (row == 0) /* 　、。・ー（）「」 and the other signs */
        return cell < 3 || cell == 5 || cell == 27 || cell == 41 || cell == 42 || (cell >= 52 && cell <= 57) ? 14 : 26;
    if (row == 3)
        return 13;
    if (row == 4)
        return 15;
    if (row == 2)
        return 18;
    if (row < 15)
        return row == 12 || row == 1 ? 26 : 34;
    if (row < 47)
        return listed(common, c) ? 19 : listed(usual, c) ? 22 : 27;
    return row < 84 ? 36 : 34;
}

static void print16(FILE *f, const char *name, const uint16_t *table, size_t len)
{
    (void)fprintf(f, "const uint16_t %s[] = {", name);
    for (size_t i = 0; i < len; i++)
        (void)fprintf(f, "%s%u,", i % 16 == 0 ? "\n" : "", table[i]);
    (void)fprintf(f, "};\n");
}

int main(int argc, char **argv)
{
    static uint16_t jis[ROWS * CELLS], jis2[CELLS * CELLS];
    FILE *f = argc == 2 ? fopen(argv[1], "w") : NULL;

    if (f == NULL)
        return 2;
    fill_jis(jis);
    fill_jis2(jis2);
    (void)fprintf(f, "#include \"text/charset_table.h\"\n");
    print16(f, "charset_jis", jis, ROWS * CELLS);
    print16(f, "charset_jis2", jis2, CELLS * CELLS);
    (void)fprintf(f, "const uint8_t charset_cost[] = {");
    for (unsigned i = 0; i < ROWS * CELLS; i++)
        (void)fprintf(f, "%s%u,", i % 16 == 0 ? "\n" : "", cost_of(i / CELLS, i % CELLS, jis[i]));
    (void)fprintf(f, "};\n");
    return fclose(f) == 0 ? 0 : 1;
}
