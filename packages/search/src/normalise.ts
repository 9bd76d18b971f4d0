/**
 * Traditional characters that shoppers type, each before its simplified form: the ones that names of
 * goods are made of, not the whole script.
 */
const traditional =
  '運运動动褲裤襪袜圍围裝装襯衬絨绒綿绵織织絲丝緞缎綢绸紗纱線线縫缝繡绣領领釦扣鈕钮機机殼壳電电腦脑視视頻频鍵键盤盘標标響响聲声藍蓝無无寶宝儲储記记憶忆體体網网絡络' +
  '葉叶龍龙烏乌紅红綠绿黃黄銀银鐵铁觀观餅饼飯饭麵面魚鱼蝦虾雞鸡鴨鸭豬猪蘋苹檸柠鍋锅壺壶櫃柜燈灯燭烛簾帘墊垫蓆席單单傘伞鏡镜錶表鐘钟飾饰鍊链環环護护膚肤髮发潔洁淨净' +
  '粧妆妝妆噴喷霧雾劑剂藥药顏颜濕湿溼湿乾干熱热涼凉溫温調调製制選选購购嬰婴兒儿親亲長长輕轻軟软雙双對对個个隻只條条張张塊块裡里裏里國国產产書书筆笔畫画紙纸車车騎骑' +
  '輪轮滾滚遊游戶户帳帐釣钓籃篮練练貓猫糧粮寵宠學学習习禮礼聖圣節节價价優优質质級级專专業业廠厂廣广東东滿满減减贈赠買买賣卖開开關关門门間间陽阳陰阴風风雲云銅铜鋼钢' +
  '鋁铝鑽钻瑪玛歐欧韓韩臺台灣湾蘇苏廬庐滷卤醬酱鹽盐鹹咸湯汤漿浆棗枣藝艺術术創创復复舊旧壓压縮缩櫥橱廚厨衛卫廁厕掃扫滌涤齒齿膠胶擋挡繩绳'

const simplified = new Map<string, string>()
for (let at = 0; at + 1 < traditional.length; at += 2) {
  simplified.set(traditional.charAt(at), traditional.charAt(at + 1))
}

/** Longer texts are cut: nobody reads further, and every step is at most quadratic. */
export const textMax = 2_000

/**
 * One spelling for one word: full width becomes half width, capitals small, traditional characters
 * simplified, marks above letters are dropped. Characters of two code units (rare ones, pictures) only
 * part words: everything after this may cut anywhere.
 */
export const normalise = (text: string): string =>
  text
    .slice(0, textMax)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u{10000}-\u{10ffff}]/gu, ' ')
    .replace(/\p{Script=Han}/gu, character => simplified.get(character) ?? character)

/** A stretch of one script, letters and digits apart: `iPhone15 手机壳` has three. */
export type Run = { readonly script: 'han' | 'latin' | 'digits' | 'mixed'; readonly text: string }

/** Words that only exist as a mixture. */
const mixed = 't恤|u盘|polo衫|pu皮|led灯|a4纸|usb线'
const latin = `(?:(?!${mixed})[^\\P{L}\\p{Script=Han}])+`
const runPattern = new RegExp(
  `(?<mixed>${mixed})|(?<han>\\p{Script=Han}+)|(?<digits>\\d+(?:\\.\\d+)?)|(?<latin>${latin})`,
  'gu',
)

/** The runs of a normalised text, in order; everything else only parts them. */
export function runsOf(text: string): Run[] {
  return [...text.matchAll(runPattern)].map(({ 0: found, groups }) => ({
    script: scripts.find(script => groups?.[script]) ?? 'latin',
    text: found,
  }))
}

const scripts = ['mixed', 'han', 'digits', 'latin'] as const
