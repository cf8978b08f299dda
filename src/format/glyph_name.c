#include "format/glyph_name.h"

#include <stdlib.h>

struct known {
    const char *name;
    uint16_t c;
};

/* Sorted by name. */
static const struct known list[] = {
    {"A", 0x41}, {"AE", 0xc6}, {"AEacute", 0x1fc}, {"Aacute", 0xc1}, {"Abreve", 0x102}, {"Abreveacute", 0x1eae},
    {"Abrevedotbelow", 0x1eb6}, {"Abrevegrave", 0x1eb0}, {"Abrevehookabove", 0x1eb2}, {"Abrevetilde", 0x1eb4},
    {"Acaron", 0x1cd}, {"Acircumflex", 0xc2}, {"Acircumflexacute", 0x1ea4}, {"Acircumflexdotbelow", 0x1eac},
    {"Acircumflexgrave", 0x1ea6}, {"Acircumflexhookabove", 0x1ea8}, {"Acircumflextilde", 0x1eaa},
    {"Acyrillic", 0x410}, {"Adieresis", 0xc4}, {"Adieresismacron", 0x1de}, {"Adotaccent", 0x226},
    {"Adotaccentmacron", 0x1e0}, {"Adotbelow", 0x1ea0}, {"Agrave", 0xc0}, {"Ahookabove", 0x1ea2}, {"Alpha", 0x391},
    {"Alphatonos", 0x386}, {"Amacron", 0x100}, {"Aogonek", 0x104}, {"Aring", 0xc5}, {"Aringacute", 0x1fa},
    {"Asmall", 0x61}, {"Atilde", 0xc3}, {"B", 0x42}, {"Bdotaccent", 0x1e02}, {"Bdotbelow", 0x1e04},
    {"Becyrillic", 0x411}, {"Beta", 0x392}, {"Bsmall", 0x62}, {"C", 0x43}, {"Cacute", 0x106}, {"Ccaron", 0x10c},
    {"Ccedilla", 0xc7}, {"Ccedillaacute", 0x1e08}, {"Ccircumflex", 0x108}, {"Cdotaccent", 0x10a},
    {"Checyrillic", 0x427}, {"Chi", 0x3a7}, {"Csmall", 0x63}, {"D", 0x44}, {"Dcaron", 0x10e}, {"Dcedilla", 0x1e10},
    {"Dcroat", 0x110}, {"Ddotaccent", 0x1e0a}, {"Ddotbelow", 0x1e0c}, {"Decyrillic", 0x414}, {"Delta", 0x394},
    {"Deltagreek", 0x394}, {"Dsmall", 0x64}, {"E", 0x45}, {"Eacute", 0xc9}, {"Ebreve", 0x114}, {"Ecaron", 0x11a},
    {"Ecedilla", 0x228}, {"Ecedillabreve", 0x1e1c}, {"Ecircumflex", 0xca}, {"Ecircumflexacute", 0x1ebe},
    {"Ecircumflexdotbelow", 0x1ec6}, {"Ecircumflexgrave", 0x1ec0}, {"Ecircumflexhookabove", 0x1ec2},
    {"Ecircumflextilde", 0x1ec4}, {"Edieresis", 0xcb}, {"Edotaccent", 0x116}, {"Edotbelow", 0x1eb8},
    {"Efcyrillic", 0x424}, {"Egrave", 0xc8}, {"Ehookabove", 0x1eba}, {"Elcyrillic", 0x41b}, {"Emacron", 0x112},
    {"Emacronacute", 0x1e16}, {"Emacrongrave", 0x1e14}, {"Emcyrillic", 0x41c}, {"Encyrillic", 0x41d}, {"Eng", 0x14a},
    {"Eogonek", 0x118}, {"Epsilon", 0x395}, {"Epsilontonos", 0x388}, {"Ercyrillic", 0x420},
    {"Ereversedcyrillic", 0x42d}, {"Escyrillic", 0x421}, {"Esmall", 0x65}, {"Eta", 0x397}, {"Etatonos", 0x389},
    {"Eth", 0xd0}, {"Etilde", 0x1ebc}, {"Euro", 0x20ac}, {"F", 0x46}, {"Fdotaccent", 0x1e1e}, {"Fsmall", 0x66},
    {"G", 0x47}, {"Gacute", 0x1f4}, {"Gamma", 0x393}, {"Gbreve", 0x11e}, {"Gcaron", 0x1e6}, {"Gcedilla", 0x122},
    {"Gcircumflex", 0x11c}, {"Gcommaaccent", 0x122}, {"Gdotaccent", 0x120}, {"Gecyrillic", 0x413},
    {"Gmacron", 0x1e20}, {"Gsmall", 0x67}, {"H", 0x48}, {"H18533", 0x25a0}, {"H18543", 0x25aa}, {"H18551", 0x25ab},
    {"Hardsigncyrillic", 0x42a}, {"Hbar", 0x126}, {"Hcaron", 0x21e}, {"Hcedilla", 0x1e28}, {"Hcircumflex", 0x124},
    {"Hdieresis", 0x1e26}, {"Hdotaccent", 0x1e22}, {"Hdotbelow", 0x1e24}, {"Hsmall", 0x68}, {"I", 0x49},
    {"IAcyrillic", 0x42f}, {"IJ", 0x132}, {"IUcyrillic", 0x42e}, {"Iacute", 0xcd}, {"Ibreve", 0x12c},
    {"Icaron", 0x1cf}, {"Icircumflex", 0xce}, {"Idieresis", 0xcf}, {"Idieresisacute", 0x1e2e}, {"Idotaccent", 0x130},
    {"Idotbelow", 0x1eca}, {"Iecyrillic", 0x415}, {"Ifraktur", 0x2111}, {"Igrave", 0xcc}, {"Ihookabove", 0x1ec8},
    {"Iicyrillic", 0x418}, {"Iishortcyrillic", 0x419}, {"Imacron", 0x12a}, {"Iogonek", 0x12e}, {"Iota", 0x399},
    {"Iotadieresis", 0x3aa}, {"Iotatonos", 0x38a}, {"Ismall", 0x69}, {"Itilde", 0x128}, {"J", 0x4a},
    {"Jcircumflex", 0x134}, {"Jsmall", 0x6a}, {"K", 0x4b}, {"Kacute", 0x1e30}, {"Kacyrillic", 0x41a},
    {"Kappa", 0x39a}, {"Kcaron", 0x1e8}, {"Kcedilla", 0x136}, {"Kcommaaccent", 0x136}, {"Kdotbelow", 0x1e32},
    {"Khacyrillic", 0x425}, {"Ksmall", 0x6b}, {"L", 0x4c}, {"Lacute", 0x139}, {"Lambda", 0x39b}, {"Lcaron", 0x13d},
    {"Lcedilla", 0x13b}, {"Lcommaaccent", 0x13b}, {"Ldot", 0x13f}, {"Ldotbelow", 0x1e36}, {"Lmacrondotbelow", 0x1e38},
    {"Lslash", 0x141}, {"Lsmall", 0x6c}, {"M", 0x4d}, {"Macute", 0x1e3e}, {"Mdotaccent", 0x1e40},
    {"Mdotbelow", 0x1e42}, {"Msmall", 0x6d}, {"Mu", 0x39c}, {"N", 0x4e}, {"Nacute", 0x143}, {"Ncaron", 0x147},
    {"Ncedilla", 0x145}, {"Ncommaaccent", 0x145}, {"Ndotaccent", 0x1e44}, {"Ndotbelow", 0x1e46}, {"Ngrave", 0x1f8},
    {"Nsmall", 0x6e}, {"Ntilde", 0xd1}, {"Nu", 0x39d}, {"O", 0x4f}, {"OE", 0x152}, {"Oacute", 0xd3},
    {"Obreve", 0x14e}, {"Ocaron", 0x1d1}, {"Ocircumflex", 0xd4}, {"Ocircumflexacute", 0x1ed0},
    {"Ocircumflexdotbelow", 0x1ed8}, {"Ocircumflexgrave", 0x1ed2}, {"Ocircumflexhookabove", 0x1ed4},
    {"Ocircumflextilde", 0x1ed6}, {"Ocyrillic", 0x41e}, {"Odieresis", 0xd6}, {"Odieresismacron", 0x22a},
    {"Odotaccent", 0x22e}, {"Odotaccentmacron", 0x230}, {"Odotbelow", 0x1ecc}, {"Ograve", 0xd2}, {"Ohm", 0x2126},
    {"Ohookabove", 0x1ece}, {"Ohorn", 0x1a0}, {"Ohornacute", 0x1eda}, {"Ohorndotbelow", 0x1ee2},
    {"Ohorngrave", 0x1edc}, {"Ohornhookabove", 0x1ede}, {"Ohorntilde", 0x1ee0}, {"Ohungarumlaut", 0x150},
    {"Omacron", 0x14c}, {"Omacronacute", 0x1e52}, {"Omacrongrave", 0x1e50}, {"Omega", 0x3a9}, {"Omegagreek", 0x3a9},
    {"Omegatonos", 0x38f}, {"Omicron", 0x39f}, {"Omicrontonos", 0x38c}, {"Oogonek", 0x1ea}, {"Oogonekmacron", 0x1ec},
    {"Oslash", 0xd8}, {"Oslashacute", 0x1fe}, {"Osmall", 0x6f}, {"Otilde", 0xd5}, {"Otildeacute", 0x1e4c},
    {"Otildedieresis", 0x1e4e}, {"Otildemacron", 0x22c}, {"P", 0x50}, {"Pacute", 0x1e54}, {"Pdotaccent", 0x1e56},
    {"Pecyrillic", 0x41f}, {"Phi", 0x3a6}, {"Pi", 0x3a0}, {"Psi", 0x3a8}, {"Psmall", 0x70}, {"Q", 0x51},
    {"Qsmall", 0x71}, {"R", 0x52}, {"Racute", 0x154}, {"Rcaron", 0x158}, {"Rcedilla", 0x156}, {"Rcommaaccent", 0x156},
    {"Rdotaccent", 0x1e58}, {"Rdotbelow", 0x1e5a}, {"Rfraktur", 0x211c}, {"Rho", 0x3a1}, {"Rmacrondotbelow", 0x1e5c},
    {"Rsmall", 0x72}, {"S", 0x53}, {"Sacute", 0x15a}, {"Sacutedotaccent", 0x1e64}, {"Scaron", 0x160},
    {"Scarondotaccent", 0x1e66}, {"Scedilla", 0x15e}, {"Scircumflex", 0x15c}, {"Scommaaccent", 0x218},
    {"Sdotaccent", 0x1e60}, {"Sdotaccentdotbelow", 0x1e68}, {"Sdotbelow", 0x1e62}, {"Shacyrillic", 0x428},
    {"Shchacyrillic", 0x429}, {"Sigma", 0x3a3}, {"Softsigncyrillic", 0x42c}, {"Ssmall", 0x73}, {"T", 0x54},
    {"Tau", 0x3a4}, {"Tbar", 0x166}, {"Tcaron", 0x164}, {"Tcedilla", 0x162}, {"Tcommaaccent", 0x162},
    {"Tdotaccent", 0x1e6a}, {"Tdotbelow", 0x1e6c}, {"Tecyrillic", 0x422}, {"Theta", 0x398}, {"Thorn", 0xde},
    {"Tsecyrillic", 0x426}, {"Tsmall", 0x74}, {"U", 0x55}, {"Uacute", 0xda}, {"Ubreve", 0x16c}, {"Ucaron", 0x1d3},
    {"Ucircumflex", 0xdb}, {"Ucyrillic", 0x423}, {"Udieresis", 0xdc}, {"Udieresisacute", 0x1d7},
    {"Udieresiscaron", 0x1d9}, {"Udieresisgrave", 0x1db}, {"Udieresismacron", 0x1d5}, {"Udotbelow", 0x1ee4},
    {"Ugrave", 0xd9}, {"Uhookabove", 0x1ee6}, {"Uhorn", 0x1af}, {"Uhornacute", 0x1ee8}, {"Uhorndotbelow", 0x1ef0},
    {"Uhorngrave", 0x1eea}, {"Uhornhookabove", 0x1eec}, {"Uhorntilde", 0x1eee}, {"Uhungarumlaut", 0x170},
    {"Umacron", 0x16a}, {"Umacrondieresis", 0x1e7a}, {"Uogonek", 0x172}, {"Upsilon", 0x3a5}, {"Upsilon1", 0x3d2},
    {"Upsilondieresis", 0x3ab}, {"Upsilontonos", 0x38e}, {"Uring", 0x16e}, {"Usmall", 0x75}, {"Utilde", 0x168},
    {"Utildeacute", 0x1e78}, {"V", 0x56}, {"Vdotbelow", 0x1e7e}, {"Vecyrillic", 0x412}, {"Vsmall", 0x76},
    {"Vtilde", 0x1e7c}, {"W", 0x57}, {"Wacute", 0x1e82}, {"Wcircumflex", 0x174}, {"Wdieresis", 0x1e84},
    {"Wdotaccent", 0x1e86}, {"Wdotbelow", 0x1e88}, {"Wgrave", 0x1e80}, {"Wsmall", 0x77}, {"X", 0x58},
    {"Xdieresis", 0x1e8c}, {"Xdotaccent", 0x1e8a}, {"Xi", 0x39e}, {"Xsmall", 0x78}, {"Y", 0x59}, {"Yacute", 0xdd},
    {"Ycircumflex", 0x176}, {"Ydieresis", 0x178}, {"Ydotaccent", 0x1e8e}, {"Ydotbelow", 0x1ef4},
    {"Yericyrillic", 0x42b}, {"Ygrave", 0x1ef2}, {"Yhookabove", 0x1ef6}, {"Ymacron", 0x232}, {"Ysmall", 0x79},
    {"Ytilde", 0x1ef8}, {"Z", 0x5a}, {"Zacute", 0x179}, {"Zcaron", 0x17d}, {"Zcircumflex", 0x1e90},
    {"Zdotaccent", 0x17b}, {"Zdotbelow", 0x1e92}, {"Zecyrillic", 0x417}, {"Zeta", 0x396}, {"Zhecyrillic", 0x416},
    {"Zsmall", 0x7a}, {"a", 0x61}, {"aacute", 0xe1}, {"abreve", 0x103}, {"abreveacute", 0x1eaf},
    {"abrevedotbelow", 0x1eb7}, {"abrevegrave", 0x1eb1}, {"abrevehookabove", 0x1eb3}, {"abrevetilde", 0x1eb5},
    {"acaron", 0x1ce}, {"acircumflex", 0xe2}, {"acircumflexacute", 0x1ea5}, {"acircumflexdotbelow", 0x1ead},
    {"acircumflexgrave", 0x1ea7}, {"acircumflexhookabove", 0x1ea9}, {"acircumflextilde", 0x1eab}, {"acute", 0xb4},
    {"acyrillic", 0x430}, {"adieresis", 0xe4}, {"adieresismacron", 0x1df}, {"adotaccent", 0x227},
    {"adotaccentmacron", 0x1e1}, {"adotbelow", 0x1ea1}, {"ae", 0xe6}, {"aeacute", 0x1fd}, {"afii00208", 0x2015},
    {"afii10017", 0x410}, {"afii10018", 0x411}, {"afii10019", 0x412}, {"afii10020", 0x413}, {"afii10021", 0x414},
    {"afii10022", 0x415}, {"afii10023", 0x401}, {"afii10024", 0x416}, {"afii10025", 0x417}, {"afii10026", 0x418},
    {"afii10027", 0x419}, {"afii10028", 0x41a}, {"afii10029", 0x41b}, {"afii10030", 0x41c}, {"afii10031", 0x41d},
    {"afii10032", 0x41e}, {"afii10033", 0x41f}, {"afii10034", 0x420}, {"afii10035", 0x421}, {"afii10036", 0x422},
    {"afii10037", 0x423}, {"afii10038", 0x424}, {"afii10039", 0x425}, {"afii10040", 0x426}, {"afii10041", 0x427},
    {"afii10042", 0x428}, {"afii10043", 0x429}, {"afii10044", 0x42a}, {"afii10045", 0x42b}, {"afii10046", 0x42c},
    {"afii10047", 0x42d}, {"afii10048", 0x42e}, {"afii10049", 0x42f}, {"afii10050", 0x490}, {"afii10051", 0x402},
    {"afii10052", 0x403}, {"afii10053", 0x404}, {"afii10054", 0x405}, {"afii10055", 0x406}, {"afii10056", 0x407},
    {"afii10057", 0x408}, {"afii10058", 0x409}, {"afii10059", 0x40a}, {"afii10060", 0x40b}, {"afii10061", 0x40c},
    {"afii10062", 0x40e}, {"afii10065", 0x430}, {"afii10066", 0x431}, {"afii10067", 0x432}, {"afii10068", 0x433},
    {"afii10069", 0x434}, {"afii10070", 0x435}, {"afii10071", 0x451}, {"afii10072", 0x436}, {"afii10073", 0x437},
    {"afii10074", 0x438}, {"afii10075", 0x439}, {"afii10076", 0x43a}, {"afii10077", 0x43b}, {"afii10078", 0x43c},
    {"afii10079", 0x43d}, {"afii10080", 0x43e}, {"afii10081", 0x43f}, {"afii10082", 0x440}, {"afii10083", 0x441},
    {"afii10084", 0x442}, {"afii10085", 0x443}, {"afii10086", 0x444}, {"afii10087", 0x445}, {"afii10088", 0x446},
    {"afii10089", 0x447}, {"afii10090", 0x448}, {"afii10091", 0x449}, {"afii10092", 0x44a}, {"afii10093", 0x44b},
    {"afii10094", 0x44c}, {"afii10095", 0x44d}, {"afii10096", 0x44e}, {"afii10097", 0x44f}, {"afii10098", 0x491},
    {"afii10099", 0x452}, {"afii10100", 0x453}, {"afii10101", 0x454}, {"afii10102", 0x455}, {"afii10103", 0x456},
    {"afii10104", 0x457}, {"afii10105", 0x458}, {"afii10106", 0x459}, {"afii10107", 0x45a}, {"afii10108", 0x45b},
    {"afii10109", 0x45c}, {"afii10110", 0x45e}, {"afii10145", 0x40f}, {"afii10193", 0x45f}, {"afii57664", 0x5d0},
    {"afii57665", 0x5d1}, {"afii57666", 0x5d2}, {"afii57667", 0x5d3}, {"afii57668", 0x5d4}, {"afii57669", 0x5d5},
    {"afii57670", 0x5d6}, {"afii57671", 0x5d7}, {"afii57672", 0x5d8}, {"afii57673", 0x5d9}, {"afii57674", 0x5da},
    {"afii57675", 0x5db}, {"afii57676", 0x5dc}, {"afii57677", 0x5dd}, {"afii57678", 0x5de}, {"afii57679", 0x5df},
    {"afii57680", 0x5e0}, {"afii57681", 0x5e1}, {"afii57682", 0x5e2}, {"afii57683", 0x5e3}, {"afii57684", 0x5e4},
    {"afii57685", 0x5e5}, {"afii57686", 0x5e6}, {"afii57687", 0x5e7}, {"afii57688", 0x5e8}, {"afii57689", 0x5e9},
    {"afii57690", 0x5ea}, {"afii61352", 0x2116}, {"agrave", 0xe0}, {"ahookabove", 0x1ea3}, {"aleph", 0x2135},
    {"alpha", 0x3b1}, {"alphatonos", 0x3ac}, {"amacron", 0x101}, {"ampersand", 0x26}, {"angle", 0x2220},
    {"angleleft", 0x2329}, {"angleright", 0x232a}, {"anoteleia", 0x387}, {"aogonek", 0x105}, {"apple", 0xf8ff},
    {"approxequal", 0x2248}, {"aring", 0xe5}, {"aringacute", 0x1fb}, {"arrowboth", 0x2194}, {"arrowdblboth", 0x21d4},
    {"arrowdbldown", 0x21d3}, {"arrowdblleft", 0x21d0}, {"arrowdblright", 0x21d2}, {"arrowdblup", 0x21d1},
    {"arrowdown", 0x2193}, {"arrowhorizex", 0x23af}, {"arrowleft", 0x2190}, {"arrownortheast", 0x2197},
    {"arrownorthwest", 0x2196}, {"arrowright", 0x2192}, {"arrowsoutheast", 0x2198}, {"arrowsouthwest", 0x2199},
    {"arrowup", 0x2191}, {"arrowupdn", 0x2195}, {"arrowvertex", 0x23d0}, {"asciicircum", 0x5e}, {"asciitilde", 0x7e},
    {"asterisk", 0x2a}, {"asteriskmath", 0x2217}, {"asymptequal", 0x224d}, {"at", 0x40}, {"atilde", 0xe3},
    {"b", 0x62}, {"backslash", 0x5c}, {"backslashbig", 0x5c}, {"bar", 0x7c}, {"bardbl", 0x2225},
    {"bdotaccent", 0x1e03}, {"bdotbelow", 0x1e05}, {"becyrillic", 0x431}, {"beta", 0x3b2}, {"blackcircle", 0x25cf},
    {"blacksquare", 0x25a0}, {"braceex", 0x23aa}, {"braceleft", 0x7b}, {"braceleftbt", 0x23a9},
    {"braceleftmid", 0x23a8}, {"bracelefttp", 0x23a7}, {"braceright", 0x7d}, {"bracerightbt", 0x23ad},
    {"bracerightmid", 0x23ac}, {"bracerighttp", 0x23ab}, {"bracketleft", 0x5b}, {"bracketleftbt", 0x23a3},
    {"bracketleftex", 0x23a2}, {"bracketlefttp", 0x23a1}, {"bracketright", 0x5d}, {"bracketrightbt", 0x23a6},
    {"bracketrightex", 0x23a5}, {"bracketrighttp", 0x23a4}, {"breve", 0x2d8}, {"brokenbar", 0xa6}, {"bullet", 0x2022},
    {"c", 0x63}, {"cacute", 0x107}, {"caron", 0x2c7}, {"carriagereturn", 0x21b5}, {"ccaron", 0x10d},
    {"ccedilla", 0xe7}, {"ccedillaacute", 0x1e09}, {"ccircumflex", 0x109}, {"cdotaccent", 0x10b}, {"cedilla", 0xb8},
    {"ceilingleft", 0x2308}, {"ceilingright", 0x2309}, {"cent", 0xa2}, {"checkmark", 0x2713}, {"checyrillic", 0x447},
    {"chi", 0x3c7}, {"circle", 0x25cb}, {"circlecopyrt", 0x25ef}, {"circledivide", 0x2298}, {"circledot", 0x2299},
    {"circleminus", 0x2296}, {"circlemultiply", 0x2297}, {"circleplus", 0x2295}, {"circumflex", 0x2c6},
    {"club", 0x2663}, {"colon", 0x3a}, {"colonmonetary", 0x20a1}, {"comma", 0x2c}, {"commaaccent", 0x326},
    {"congruent", 0x2245}, {"contintegral", 0x222e}, {"coproduct", 0x2210}, {"copyright", 0xa9},
    {"copyrightsans", 0xa9}, {"copyrightserif", 0xa9}, {"currency", 0xa4}, {"d", 0x64}, {"dagger", 0x2020},
    {"daggerdbl", 0x2021}, {"dblverticalbar", 0x2016}, {"dcaron", 0x10f}, {"dcedilla", 0x1e11}, {"dcroat", 0x111},
    {"ddotaccent", 0x1e0b}, {"ddotbelow", 0x1e0d}, {"decyrillic", 0x434}, {"degree", 0xb0}, {"delta", 0x3b4},
    {"diamond", 0x2666}, {"diamondmath", 0x22c4}, {"dieresis", 0xa8}, {"dieresisacute", 0x385},
    {"dieresistonos", 0x385}, {"divide", 0xf7}, {"dollar", 0x24}, {"dong", 0x20ab}, {"dotaccent", 0x2d9},
    {"dotlessi", 0x131}, {"dotlessj", 0x237}, {"dotmath", 0x22c5}, {"e", 0x65}, {"eacute", 0xe9}, {"ebreve", 0x115},
    {"ecaron", 0x11b}, {"ecedilla", 0x229}, {"ecedillabreve", 0x1e1d}, {"ecircumflex", 0xea},
    {"ecircumflexacute", 0x1ebf}, {"ecircumflexdotbelow", 0x1ec7}, {"ecircumflexgrave", 0x1ec1},
    {"ecircumflexhookabove", 0x1ec3}, {"ecircumflextilde", 0x1ec5}, {"edieresis", 0xeb}, {"edotaccent", 0x117},
    {"edotbelow", 0x1eb9}, {"efcyrillic", 0x444}, {"egrave", 0xe8}, {"ehookabove", 0x1ebb}, {"eight", 0x38},
    {"eightinferior", 0x2088}, {"eightoldstyle", 0x38}, {"eightsuperior", 0x2078}, {"elcyrillic", 0x43b},
    {"element", 0x2208}, {"ellipsis", 0x2026}, {"emacron", 0x113}, {"emacronacute", 0x1e17}, {"emacrongrave", 0x1e15},
    {"emcyrillic", 0x43c}, {"emdash", 0x2014}, {"emptyset", 0x2205}, {"encyrillic", 0x43d}, {"endash", 0x2013},
    {"eng", 0x14b}, {"eogonek", 0x119}, {"epsilon", 0x3b5}, {"epsilon1", 0x3f5}, {"epsiloninv", 0x3f6},
    {"epsilontonos", 0x3ad}, {"equal", 0x3d}, {"equivalence", 0x2261}, {"ercyrillic", 0x440},
    {"ereversedcyrillic", 0x44d}, {"escyrillic", 0x441}, {"estimated", 0x212e}, {"eta", 0x3b7}, {"etatonos", 0x3ae},
    {"eth", 0xf0}, {"etilde", 0x1ebd}, {"euro", 0x20ac}, {"exclam", 0x21}, {"exclamdbl", 0x203c},
    {"exclamdown", 0xa1}, {"existential", 0x2203}, {"exists", 0x2203}, {"f", 0x66}, {"fdotaccent", 0x1e1f},
    {"female", 0x2640}, {"ff", 0xfb00}, {"ffi", 0xfb03}, {"ffl", 0xfb04}, {"fi", 0xfb01}, {"figuredash", 0x2012},
    {"filledbox", 0x25a0}, {"filledrect", 0x25ac}, {"five", 0x35}, {"fiveeighths", 0x215d}, {"fiveinferior", 0x2085},
    {"fiveoldstyle", 0x35}, {"fivesuperior", 0x2075}, {"fl", 0xfb02}, {"floorleft", 0x230a}, {"floorright", 0x230b},
    {"florin", 0x192}, {"follows", 0x227b}, {"forall", 0x2200}, {"four", 0x34}, {"fourinferior", 0x2084},
    {"fouroldstyle", 0x34}, {"foursuperior", 0x2074}, {"fraction", 0x2044}, {"franc", 0x20a3}, {"g", 0x67},
    {"gacute", 0x1f5}, {"gamma", 0x3b3}, {"gbreve", 0x11f}, {"gcaron", 0x1e7}, {"gcedilla", 0x123},
    {"gcircumflex", 0x11d}, {"gcommaaccent", 0x123}, {"gdotaccent", 0x121}, {"gecyrillic", 0x433},
    {"germandbls", 0xdf}, {"gmacron", 0x1e21}, {"gradient", 0x2207}, {"grave", 0x60}, {"greater", 0x3e},
    {"greaterequal", 0x2265}, {"greatermuch", 0x226b}, {"greaterorsimilar", 0x2273}, {"guillemotleft", 0xab},
    {"guillemotright", 0xbb}, {"guilsinglleft", 0x2039}, {"guilsinglright", 0x203a}, {"h", 0x68},
    {"hardsigncyrillic", 0x44a}, {"hbar", 0x127}, {"hcaron", 0x21f}, {"hcedilla", 0x1e29}, {"hcircumflex", 0x125},
    {"hdieresis", 0x1e27}, {"hdotaccent", 0x1e23}, {"hdotbelow", 0x1e25}, {"heart", 0x2665},
    {"horizontalbar", 0x2015}, {"house", 0x2302}, {"hslash", 0x210f}, {"hungarumlaut", 0x2dd}, {"hyphen", 0x2d},
    {"hyphenminus", 0x2d}, {"i", 0x69}, {"iacute", 0xed}, {"iacyrillic", 0x44f}, {"ibreve", 0x12d}, {"icaron", 0x1d0},
    {"icircumflex", 0xee}, {"idieresis", 0xef}, {"idieresisacute", 0x1e2f}, {"idotbelow", 0x1ecb},
    {"iecyrillic", 0x435}, {"igrave", 0xec}, {"ihookabove", 0x1ec9}, {"iicyrillic", 0x438},
    {"iishortcyrillic", 0x439}, {"ij", 0x133}, {"imacron", 0x12b}, {"increment", 0x2206}, {"infinity", 0x221e},
    {"integral", 0x222b}, {"integralbt", 0x2321}, {"integralex", 0x23ae}, {"integraltp", 0x2320},
    {"intersection", 0x2229}, {"intersectionsq", 0x2293}, {"invbullet", 0x25d8}, {"invcircle", 0x25d9},
    {"iogonek", 0x12f}, {"iota", 0x3b9}, {"iotadieresis", 0x3ca}, {"iotadieresistonos", 0x390}, {"iotatonos", 0x3af},
    {"itilde", 0x129}, {"iucyrillic", 0x44e}, {"j", 0x6a}, {"jcaron", 0x1f0}, {"jcircumflex", 0x135}, {"k", 0x6b},
    {"kacute", 0x1e31}, {"kacyrillic", 0x43a}, {"kappa", 0x3ba}, {"kcaron", 0x1e9}, {"kcedilla", 0x137},
    {"kcommaaccent", 0x137}, {"kdotbelow", 0x1e33}, {"kgreenlandic", 0x138}, {"khacyrillic", 0x445}, {"l", 0x6c},
    {"lacute", 0x13a}, {"lambda", 0x3bb}, {"latticetop", 0x22a4}, {"lcaron", 0x13e}, {"lcedilla", 0x13c},
    {"lcommaaccent", 0x13c}, {"ldot", 0x140}, {"ldotbelow", 0x1e37}, {"less", 0x3c}, {"lessequal", 0x2264},
    {"lessmuch", 0x226a}, {"lessorsimilar", 0x2272}, {"lira", 0x20a4}, {"lmacrondotbelow", 0x1e39},
    {"logicaland", 0x2227}, {"logicalnot", 0xac}, {"logicalor", 0x2228}, {"longs", 0x17f}, {"lozenge", 0x25ca},
    {"lscript", 0x2113}, {"lslash", 0x142}, {"m", 0x6d}, {"macron", 0xaf}, {"macute", 0x1e3f}, {"male", 0x2642},
    {"mapsto", 0x21a6}, {"mdotaccent", 0x1e41}, {"mdotbelow", 0x1e43}, {"middot", 0xb7}, {"minus", 0x2212},
    {"minusplus", 0x2213}, {"minute", 0x2032}, {"mu", 0xb5}, {"mu1", 0xb5}, {"mugreek", 0x3bc}, {"multiply", 0xd7},
    {"musicalnote", 0x266a}, {"musicalnotedbl", 0x266b}, {"n", 0x6e}, {"nabla", 0x2207}, {"nacute", 0x144},
    {"napostrophe", 0x149}, {"nbspace", 0xa0}, {"ncaron", 0x148}, {"ncedilla", 0x146}, {"ncommaaccent", 0x146},
    {"ndotaccent", 0x1e45}, {"ndotbelow", 0x1e47}, {"negationslash", 0x338}, {"ngrave", 0x1f9}, {"nine", 0x39},
    {"nineinferior", 0x2089}, {"nineoldstyle", 0x39}, {"ninesuperior", 0x2079}, {"nonbreakingspace", 0xa0},
    {"notelement", 0x2209}, {"notequal", 0x2260}, {"notsubset", 0x2284}, {"nsuperior", 0x207f}, {"ntilde", 0xf1},
    {"nu", 0x3bd}, {"numbersign", 0x23}, {"numero", 0x2116}, {"o", 0x6f}, {"oacute", 0xf3}, {"obreve", 0x14f},
    {"ocaron", 0x1d2}, {"ocircumflex", 0xf4}, {"ocircumflexacute", 0x1ed1}, {"ocircumflexdotbelow", 0x1ed9},
    {"ocircumflexgrave", 0x1ed3}, {"ocircumflexhookabove", 0x1ed5}, {"ocircumflextilde", 0x1ed7},
    {"ocyrillic", 0x43e}, {"odieresis", 0xf6}, {"odieresismacron", 0x22b}, {"odotaccent", 0x22f},
    {"odotaccentmacron", 0x231}, {"odotbelow", 0x1ecd}, {"oe", 0x153}, {"ogonek", 0x2db}, {"ograve", 0xf2},
    {"ohookabove", 0x1ecf}, {"ohorn", 0x1a1}, {"ohornacute", 0x1edb}, {"ohorndotbelow", 0x1ee3},
    {"ohorngrave", 0x1edd}, {"ohornhookabove", 0x1edf}, {"ohorntilde", 0x1ee1}, {"ohungarumlaut", 0x151},
    {"omacron", 0x14d}, {"omacronacute", 0x1e53}, {"omacrongrave", 0x1e51}, {"omega", 0x3c9}, {"omega1", 0x3d6},
    {"omegatonos", 0x3ce}, {"omicron", 0x3bf}, {"omicrontonos", 0x3cc}, {"one", 0x31}, {"onedotenleader", 0x2024},
    {"oneeighth", 0x215b}, {"onehalf", 0xbd}, {"oneinferior", 0x2081}, {"oneoldstyle", 0x31}, {"onequarter", 0xbc},
    {"onesuperior", 0xb9}, {"onethird", 0x2153}, {"oogonek", 0x1eb}, {"oogonekmacron", 0x1ed}, {"openbullet", 0x25e6},
    {"ordfeminine", 0xaa}, {"ordmasculine", 0xba}, {"orthogonal", 0x221f}, {"oslash", 0xf8}, {"oslashacute", 0x1ff},
    {"otilde", 0xf5}, {"otildeacute", 0x1e4d}, {"otildedieresis", 0x1e4f}, {"otildemacron", 0x22d},
    {"overscore", 0xaf}, {"p", 0x70}, {"pacute", 0x1e55}, {"paragraph", 0xb6}, {"parenleft", 0x28},
    {"parenleftbt", 0x239d}, {"parenleftex", 0x239c}, {"parenlefttp", 0x239b}, {"parenright", 0x29},
    {"parenrightbt", 0x23a0}, {"parenrightex", 0x239f}, {"parenrighttp", 0x239e}, {"partialdiff", 0x2202},
    {"pdotaccent", 0x1e57}, {"pecyrillic", 0x43f}, {"percent", 0x25}, {"period", 0x2e}, {"periodcentered", 0xb7},
    {"perpendicular", 0x22a5}, {"perthousand", 0x2030}, {"peseta", 0x20a7}, {"phi", 0x3c6}, {"phi1", 0x3d5},
    {"pi", 0x3c0}, {"pi1", 0x3d6}, {"planckover2pi", 0x210f}, {"plus", 0x2b}, {"plusminus", 0xb1},
    {"precedes", 0x227a}, {"prime", 0x2032}, {"product", 0x220f}, {"propersubset", 0x2282},
    {"propersuperset", 0x2283}, {"proportional", 0x221d}, {"psi", 0x3c8}, {"q", 0x71}, {"question", 0x3f},
    {"questiondown", 0xbf}, {"questiongreek", 0x37e}, {"quotedbl", 0x22}, {"quotedblbase", 0x201e},
    {"quotedblleft", 0x201c}, {"quotedblright", 0x201d}, {"quoteleft", 0x2018}, {"quotereversed", 0x201b},
    {"quoteright", 0x2019}, {"quoterightn", 0x149}, {"quotesinglbase", 0x201a}, {"quotesingle", 0x27}, {"r", 0x72},
    {"racute", 0x155}, {"radical", 0x221a}, {"radicalex", 0x203e}, {"rcaron", 0x159}, {"rcedilla", 0x157},
    {"rcommaaccent", 0x157}, {"rdotaccent", 0x1e59}, {"rdotbelow", 0x1e5b}, {"reflexsubset", 0x2286},
    {"reflexsuperset", 0x2287}, {"registered", 0xae}, {"registersans", 0xae}, {"registerserif", 0xae}, {"rho", 0x3c1},
    {"rho1", 0x3f1}, {"ring", 0x2da}, {"rmacrondotbelow", 0x1e5d}, {"rupiah", 0xf6dd}, {"s", 0x73}, {"sacute", 0x15b},
    {"sacutedotaccent", 0x1e65}, {"scaron", 0x161}, {"scarondotaccent", 0x1e67}, {"scedilla", 0x15f},
    {"scircumflex", 0x15d}, {"scommaaccent", 0x219}, {"sdotaccent", 0x1e61}, {"sdotaccentdotbelow", 0x1e69},
    {"sdotbelow", 0x1e63}, {"second", 0x2033}, {"section", 0xa7}, {"semicolon", 0x3b}, {"seven", 0x37},
    {"seveneighths", 0x215e}, {"seveninferior", 0x2087}, {"sevenoldstyle", 0x37}, {"sevensuperior", 0x2077},
    {"sfthyphen", 0xad}, {"shacyrillic", 0x448}, {"shchacyrillic", 0x449}, {"sigma", 0x3c3}, {"sigma1", 0x3c2},
    {"sigmafinal", 0x3c2}, {"similar", 0x223c}, {"six", 0x36}, {"sixinferior", 0x2086}, {"sixoldstyle", 0x36},
    {"sixsuperior", 0x2076}, {"slash", 0x2f}, {"smileface", 0x263a}, {"softhyphen", 0xad},
    {"softsigncyrillic", 0x44c}, {"space", 0x20}, {"spacehackarabic", 0x20}, {"spade", 0x2660}, {"square", 0x25a1},
    {"squaresolid", 0x25a0}, {"star", 0x22c6}, {"sterling", 0xa3}, {"suchthat", 0x220b}, {"summation", 0x2211},
    {"sun", 0x263c}, {"t", 0x74}, {"tau", 0x3c4}, {"tbar", 0x167}, {"tcaron", 0x165}, {"tcedilla", 0x163},
    {"tcommaaccent", 0x163}, {"tdieresis", 0x1e97}, {"tdotaccent", 0x1e6b}, {"tdotbelow", 0x1e6d},
    {"tecyrillic", 0x442}, {"therefore", 0x2234}, {"theta", 0x3b8}, {"theta1", 0x3d1}, {"thorn", 0xfe},
    {"three", 0x33}, {"threeeighths", 0x215c}, {"threeinferior", 0x2083}, {"threeoldstyle", 0x33},
    {"threequarters", 0xbe}, {"threesuperior", 0xb3}, {"tilde", 0x2dc}, {"tonos", 0x384}, {"trademark", 0x2122},
    {"trademarksans", 0x2122}, {"trademarkserif", 0x2122}, {"triagdn", 0x25bc}, {"triaglf", 0x25c4},
    {"triagrt", 0x25ba}, {"triagup", 0x25b2}, {"tsecyrillic", 0x446}, {"turnstileleft", 0x22a2},
    {"turnstileright", 0x22a3}, {"two", 0x32}, {"twodotenleader", 0x2025}, {"twoinferior", 0x2082},
    {"twooldstyle", 0x32}, {"twosuperior", 0xb2}, {"twothirds", 0x2154}, {"u", 0x75}, {"uacute", 0xfa},
    {"ubreve", 0x16d}, {"ucaron", 0x1d4}, {"ucircumflex", 0xfb}, {"ucyrillic", 0x443}, {"udieresis", 0xfc},
    {"udieresisacute", 0x1d8}, {"udieresiscaron", 0x1da}, {"udieresisgrave", 0x1dc}, {"udieresismacron", 0x1d6},
    {"udotbelow", 0x1ee5}, {"ugrave", 0xf9}, {"uhookabove", 0x1ee7}, {"uhorn", 0x1b0}, {"uhornacute", 0x1ee9},
    {"uhorndotbelow", 0x1ef1}, {"uhorngrave", 0x1eeb}, {"uhornhookabove", 0x1eed}, {"uhorntilde", 0x1eef},
    {"uhungarumlaut", 0x171}, {"umacron", 0x16b}, {"umacrondieresis", 0x1e7b}, {"underscore", 0x5f},
    {"underscoredbl", 0x2017}, {"union", 0x222a}, {"unionsq", 0x2294}, {"universal", 0x2200}, {"uogonek", 0x173},
    {"upsilon", 0x3c5}, {"upsilondieresis", 0x3cb}, {"upsilondieresistonos", 0x3b0}, {"upsilontonos", 0x3cd},
    {"uring", 0x16f}, {"utilde", 0x169}, {"utildeacute", 0x1e79}, {"v", 0x76}, {"vdotbelow", 0x1e7f},
    {"vecyrillic", 0x432}, {"vee", 0x2228}, {"visiblespace", 0x2423}, {"visualspace", 0x2423}, {"vtilde", 0x1e7d},
    {"w", 0x77}, {"wacute", 0x1e83}, {"wcircumflex", 0x175}, {"wdieresis", 0x1e85}, {"wdotaccent", 0x1e87},
    {"wdotbelow", 0x1e89}, {"wedge", 0x2227}, {"weierstrass", 0x2118}, {"wgrave", 0x1e81}, {"whitecircle", 0x25cb},
    {"whitesquare", 0x25a1}, {"won", 0x20a9}, {"wreathproduct", 0x2240}, {"wring", 0x1e98}, {"x", 0x78},
    {"xdieresis", 0x1e8d}, {"xdotaccent", 0x1e8b}, {"xi", 0x3be}, {"y", 0x79}, {"yacute", 0xfd},
    {"ycircumflex", 0x177}, {"ydieresis", 0xff}, {"ydotaccent", 0x1e8f}, {"ydotbelow", 0x1ef5}, {"yen", 0xa5},
    {"yericyrillic", 0x44b}, {"ygrave", 0x1ef3}, {"yhookabove", 0x1ef7}, {"ymacron", 0x233}, {"yring", 0x1e99},
    {"ytilde", 0x1ef9}, {"z", 0x7a}, {"zacute", 0x17a}, {"zcaron", 0x17e}, {"zcircumflex", 0x1e91},
    {"zdotaccent", 0x17c}, {"zdotbelow", 0x1e93}, {"zecyrillic", 0x437}, {"zero", 0x30}, {"zeroinferior", 0x2080},
    {"zerooldstyle", 0x30}, {"zerosuperior", 0x2070}, {"zeta", 0x3b6}, {"zhecyrillic", 0x436},
};

static int compare(const void *key, const void *item)
{
    const struct bytes *name = key;
    const struct known *k = item;
    size_t len = strlen(k->name), both = len < name->len ? len : name->len;
    int order = both == 0 ? 0 : memcmp(name->at, k->name, both);

    return order != 0 ? order : (name->len > len) - (name->len < len);
}

static int hex_digit(uint8_t c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool take_hex(struct bytes digits, uint32_t *ret_c)
{
    uint32_t c = 0;

    for (size_t i = 0; i < digits.len; i++) {
        int v = hex_digit(digits.at[i]);

        if (v < 0)
            return false;
        c = c << 4 | (uint32_t)v;
    }
    *ret_c = c;
    return digits.len > 0 && c > 0 && c <= 0x10ffff && (c < 0xd800 || c >= 0xe000);
}

/* uniXXXX…, four digits each; uXXXX to uXXXXXX. */
static size_t take_code(struct bytes part, uint32_t *ret, size_t room)
{
    size_t n = 0;

    if (bytes_starts(part, BYTES("uni")) && part.len >= 7 && (part.len - 3) % 4 == 0) {
        for (size_t at = 3; at < part.len && n < room; at += 4)
            if (!take_hex(bytes_part(part, at, 4), &ret[n++]))
                return 0;
        return n;
    }
    if (part.len >= 5 && part.len <= 7 && part.at[0] == 'u' && take_hex(bytes_from(part, 1), &ret[0]))
        return 1;
    return 0;
}

/* Larger forms of brackets and operators in mathematics fonts. */
static struct bytes without_size(struct bytes part)
{
    static const char *const sizes[] = {"big", "Big", "bigg", "Bigg", "display", "text"};

    for (size_t i = 0; i < countof(sizes); i++)
        if (bytes_ends(part, bytes_of(sizes[i])) && part.len > strlen(sizes[i]) + 2)
            return bytes_part(part, 0, part.len - strlen(sizes[i]));
    return part;
}

static size_t take_part(struct bytes part, uint32_t *ret, size_t room)
{
    const struct known *k = bsearch(&part, list, countof(list), sizeof(list[0]), compare);

    if (k == NULL) {
        struct bytes plain = without_size(part);

        k = bsearch(&plain, list, countof(list), sizeof(list[0]), compare);
    }

    if (k == NULL)
        return take_code(part, ret, room);
    ret[0] = k->c;
    return 1;
}

size_t glyph_name_find(struct bytes name, uint32_t ret[GLYPH_NAME_MAX])
{
    size_t dot = bytes_find_byte(name, '.', 0), n = 0;

    if (name.at == NULL)
        return 0;
    if (dot != SIZE_MAX && dot > 0)
        name = bytes_part(name, 0, dot);
    while (name.len > 0 && n < GLYPH_NAME_MAX) {
        size_t end = bytes_find_byte(name, '_', 0);
        struct bytes part = bytes_part(name, 0, end);
        size_t got = take_part(part, ret + n, GLYPH_NAME_MAX - n);

        if (got == 0)
            return 0;
        n += got;
        name = bytes_from(name, end == SIZE_MAX ? name.len : end + 1);
    }
    return n;
}
