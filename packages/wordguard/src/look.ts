import { kinds } from './fold.ts'
import { type Skeleton, skeletonOf } from './skeleton.ts'

/** Characters written as two that stand beside each other, and digits that look like letters. */
const halves = new Map(
  '亻言信|彳散微|女马妈|女表婊|女支妓|马扁骗|贝戋贱|弓虽强|走召超|禾火秋|亻弋代|女干奸|贝者赌|讠乍诈|氵去法|口屯吨|丬犬状|扌丁打|忄生性|辶首道|釆田番|木几机|亻尔你|扌喿操|犭句狗|豸者猪'
    .split('|')
    .map(entry => [entry.slice(0, 2), entry.slice(2)] as const),
)

/** The skeleton with halves of characters put together; undefined when there are none. */
export function withHalvesJoined(skeleton: Skeleton): Skeleton | undefined {
  let text = ''
  const firsts: number[] = []
  const lasts: number[] = []
  for (let at = 0; at < skeleton.text.length; ) {
    const joined = halves.get(skeleton.text.slice(at, at + 2))
    text += joined ?? skeleton.text[at]
    firsts.push(skeleton.firsts[at] ?? 0)
    at += joined === undefined ? 1 : 2
    lasts.push(skeleton.lasts[at - 1] ?? 0)
  }
  return text.length < skeleton.text.length ? { ...skeleton, text, firsts, lasts } : undefined
}

const lettersOf = new Map([
  ['0', 'o'],
  ['1', 'i'],
  ['3', 'e'],
  ['4', 'a'],
  ['5', 's'],
  ['7', 't'],
  ['@', 'a'],
  ['$', 's'],
  ['!', 'i'],
])

/** The skeleton with digits and signs read as the letters they replace; undefined when none does. */
export function withLettersRead({ folded }: Skeleton): Skeleton | undefined {
  if (!/[a-z][013457@$!]|[@$][a-z]/.test(folded.text)) return undefined
  const units = [...folded.text.split('')]
  const isLetter = (at: number) => folded.kinds[at] === kinds.letter
  const read = units.map((unit, at) =>
    isLetter(at - 1) || isLetter(at + 1) ? (lettersOf.get(unit) ?? unit) : unit,
  )
  const kindsRead = folded.kinds.map((kind, at) => (read[at] === units[at] ? kind : kinds.letter))
  return skeletonOf({ ...folded, text: read.join(''), kinds: kindsRead })
}
