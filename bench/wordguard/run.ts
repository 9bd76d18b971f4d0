import type { check as Check } from '@kaibo/wordguard/check'
import type { GuardWord } from '@kaibo/wordguard/word-set'
import { median, reporter } from '../lib/report.ts'
import { attacked, ordinary, seeds } from './lines.ts'

const wordCount = Number(process.argv[2] ?? 50_000)
const runCount = 5
const messagesPerRun = 20_000
const report = reporter('wordguard', `${wordCount} words`)

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
const measured = <T>(run: () => T) => {
  const before = cpuMs()
  const value = run()
  return { value, ms: cpuMs() - before }
}
const residentMb = (): number => {
  global.gc?.()
  return process.memoryUsage().rss / 2 ** 20
}

/** Words of two to five characters that mean nothing, beside those that the attacks are about. */
function makeWords(): GuardWord[] {
  const character = (n: number) =>
    String.fromCodePoint(0x4e00 + ((Math.imul(n, 2_654_435_761) >>> 0) % 6_000))
  const made = Array.from({ length: wordCount - seeds.length }, (_, at) =>
    Array.from({ length: 2 + (at % 4) }, (_, place) => character(at * 5 + place + 1)).join(''),
  )
  return [...seeds, ...made].map(word => ({ word, tier: 'block', scenes: [] }))
}

/** CPU of one message, in microseconds; every run asks for the same ones in turn. */
function cpuPerMessage(lines: readonly string[], ask: (text: string) => unknown): number {
  const runs = Array.from({ length: runCount }, () => {
    const { ms } = measured(() => {
      for (let n = 0; n < messagesPerRun; n += 1) ask(lines[n % lines.length] ?? '')
    })
    return (ms * 1_000) / messagesPerRun
  })
  return median(runs)
}

const beforeLoadMb = residentMb()
const beforeLoadMs = cpuMs()
const { check } = await import('@kaibo/wordguard/check')
const { compileWords } = await import('@kaibo/wordguard/word-set')
report({ metric: 'load.cpu', value: cpuMs() - beforeLoadMs, unit: 'ms', runs: 1 })
report({ metric: 'load.memory', value: residentMb() - beforeLoadMb, unit: 'MB', runs: 1 })

const words = makeWords()
const beforeMb = residentMb()
const compiled = measured(() => compileWords(words))
report({ metric: 'compile.cpu', value: compiled.ms, unit: 'ms', runs: 1 })
report({ metric: 'compile.memory', value: residentMb() - beforeMb, unit: 'MB', runs: 1 })

const lists = [{ name: 'platform', words: compiled.value }]
const lures = { link: 'review', contact: 'review' } as const
const ask = (text: string): ReturnType<typeof Check> => check({ text, scene: 'chat', lists, lures })

const missed = attacked.filter(text => ask(text).verdict === 'pass')
const hit = ordinary.filter(text => ask(text).verdict === 'block')
report({ metric: 'attacked.recall', value: 1 - missed.length / attacked.length, unit: '', runs: 1 })
report({ metric: 'ordinary.blocked', value: hit.length, unit: 'messages', runs: 1 })

/** What a first version does: each word in turn, nothing undone. */
const naive = (text: string) => words.find(({ word }) => text.includes(word))
report({
  metric: 'ordinary.cpu',
  value: cpuPerMessage(ordinary, ask),
  unit: 'µs/message',
  runs: runCount,
  peer: {
    name: 'String.includes for each word',
    value: (measured(() => ordinary.map(naive)).ms * 1_000) / ordinary.length,
  },
})
report({
  metric: 'attacked.cpu',
  value: cpuPerMessage(attacked, ask),
  unit: 'µs/message',
  runs: runCount,
})
