import { useState } from 'react'

/** What a form holds and what is wrong with it; any change takes the complaints away. */
export function useDraft<D extends object, P extends object>(first: () => D) {
  const [draft, setDraft] = useState(first)
  const [problems, setProblems] = useState<Partial<P>>({})
  return {
    draft,
    problems,
    change(fields: Partial<D>): void {
      setDraft(before => ({ ...before, ...fields }))
      setProblems({})
    },
    /** Begins anew. */
    reset: setDraft,
    /** What `read` makes of the draft; undefined when it complains. */
    read<R extends object>(read: (draft: D) => R | { problems: P }): R | undefined {
      const made = read(draft)
      if (!('problems' in made)) return made
      setProblems(made.problems)
      return undefined
    },
  }
}
