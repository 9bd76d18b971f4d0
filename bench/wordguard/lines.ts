/** What people write in a room, and what they write to get past a list. */
export const ordinary = [
  '主播晚上好',
  '这件裙子多少钱',
  '女生一米六穿多大',
  '河南的几天到',
  '链接上了吗 我要两件',
  '上次买的很好 回购第三次了',
  '敏感肌可以用吗，会不会起球',
  '七天无理由吗？不合适能退吗',
  'iPhone15 的壳有吗 透明的',
  '39.9 49.9 59.9 三个规格有什么区别',
  '哈哈哈哈笑死我了😂😂',
  '1',
  'how long is shipping to Ontario',
  'I usually wear a medium, does it run small?',
  'can you show the back please 🙏',
  'order placed, thank you',
]

/** Words that are in the list of the bench, each the way an attack writes it. */
export const attacked = [
  '你这个傻 逼',
  '你这个傻😀逼',
  '傻\u200b逼主播',
  '傻\u0336逼\u0336',
  '大家别信他，網絡賭博',
  '网*络_赌-博 日入三百',
  'wang luo du bo 了解一下',
  '网络du博 了解一下',
  '忘八旦一个',
  '加彳散信领红包',
  '加 V 信：abc12345',
  '看 abc点com 便宜一半',
  '①③⑧①②③④⑤⑥⑦⑧ 找我',
  'ｓ ｃ ｕ ｍ ｂ ａ ｇ',
  'you ѕсumbаg',
  '$cumb@g shop',
]

export const seeds = ['傻逼', '网络赌博', '王八蛋', '加微信', '加v信', 'scumbag']
