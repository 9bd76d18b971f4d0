/** What a crowd says; the numbers and faces behind it keep two people from saying the same. */
const remarks = [
  '这个颜色真好看',
  '主播讲得很清楚',
  '上次买的还在用，不错',
  '刚进来，讲到几号了',
  '包装送人合适',
  '支持一下',
  'Looks lovely',
  'Just got here, hello',
]
const questions = [
  '这款多大容量？',
  '今天下单几天能到？',
  '可以用洗碗机洗吗？',
  '有别的颜色吗？',
  'Does it come with a box?',
]
const faces = ['🌿', '👏', '🍵', '✨', '😊', '']

const oneOf = (all: readonly string[]): string => all[Math.floor(Math.random() * all.length)] ?? ''

export const remark = (): string => `${oneOf(remarks)} ${oneOf(faces)}`.trim()
export const question = (): string => oneOf(questions)

/** The label that everybody sees who reads a name. */
export const nicknameOf = (number: number): string => `模拟观众 ${String(number).padStart(3, '0')}`
