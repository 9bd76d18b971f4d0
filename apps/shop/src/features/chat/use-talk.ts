import type { Comment } from '@kaibo/contract/show/chat'
import { useRef, useState } from 'react'
import { useSignedIn } from '../sign-in/sheet.tsx'
import { type Draft, emptyDraft, mentioned } from './model.ts'

/** What I am about to say: the field and the draft in it, which messages can be put into. */
export function useTalk() {
  const field = useRef<HTMLInputElement>(null)
  const [draft, onDraft] = useState<Draft>(emptyDraft)
  const whenSignedIn = useSignedIn()
  // A sheet gives the focus back to its opener first.
  const write = (next: Draft) =>
    whenSignedIn(() => {
      onDraft(next)
      requestAnimationFrame(() => field.current?.focus())
    })
  return {
    ...{ field, draft, onDraft },
    reply: ({ id, author, text }: Comment) => write({ ...draft, replyTo: { id, author, text } }),
    mention: ({ author }: Comment) => write(mentioned(draft, author)),
  }
}

export type Talk = ReturnType<typeof useTalk>
