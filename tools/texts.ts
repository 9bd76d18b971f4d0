import { type Files, isCode, readRepo, report } from './lib/repo.ts'

type TextRule = {
  readonly what: string
  readonly pattern: RegExp
  readonly appliesTo: (path: string) => boolean
}

const everywhere = () => true
const isLockfile = (path: string) => path.endsWith('package-lock.json')

/** Texts that belong to one machine or one moment, not to the project. */
const rules: readonly TextRule[] = [
  {
    what: 'a path of one machine',
    pattern: /(?<![\w.\-/}])\/(?:root|work|mnt|Users\/\w+|home\/\w+)\/[\w.@-]/,
    appliesTo: path => !isLockfile(path),
  },
  {
    what: 'the host of a package registry',
    pattern: /registry\.\w+\.\w+|npm[m]irror/,
    appliesTo: everywhere,
  },
  { what: 'a resolved host', pattern: /"resolved": "https?:/, appliesTo: isLockfile },
  { what: 'a merge conflict', pattern: /^(?:<{7}|>{7}) /, appliesTo: everywhere },
  { what: 'unfinished work', pattern: /\b(?:TO)DO\b|\bFIX(?:ME)\b/, appliesTo: isCode },
]

/** Every line that breaks a rule, as `path:line: what`. */
export const textProblems = (files: Files): string[] =>
  [...files].flatMap(([path, text]) => {
    const applying = rules.filter(rule => rule.appliesTo(path))
    return text
      .split('\n')
      .flatMap((line, index) =>
        applying
          .filter(rule => rule.pattern.test(line))
          .map(rule => `${path}:${index + 1}: ${rule.what}: ${line.trim().slice(0, 100)}`),
      )
  })

if (import.meta.main) report(textProblems(readRepo()))
