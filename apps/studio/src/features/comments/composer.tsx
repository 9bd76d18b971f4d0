import { newId } from '@kaibo/kernel/ids'
import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Answering } from './model.ts'
import type { CommentsState } from './use-comments.ts'

const textMax = 120

type ComposerProps = {
  liveId: string
  state: CommentsState
  /** What is answered; null = just a word to all. */
  answering: Answering | null
  onAnswered: () => void
}

/** The words of the desk show at once; refused, they come back to the field. */
export function Composer({ liveId, state, answering, onAnswered }: ComposerProps) {
  const t = useT()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const send = useSend({ liveId, state, onRefused: words => setText(now => now || words) })
  useEffect(() => {
    if (answering) field.current?.focus()
  }, [answering])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const words = text.trim()
    if (words === '') return
    setText('')
    onAnswered()
    void send(words, answering)
  }
  return (
    <form className="composer" onSubmit={submit}>
      {answering && (
        <p className="composer-quote">
          <span>
            {t('comments.replyTo', { name: answering.author.nickname })} {answering.text}
          </span>
          <IconButton icon="close" label={t('comments.replyNot')} onClick={onAnswered} />
        </p>
      )}
      <input
        ref={field}
        className="k-input"
        value={text}
        maxLength={textMax}
        enterKeyHint="send"
        aria-label={t('comments.write')}
        placeholder={t('comments.write')}
        onChange={event => setText(event.target.value)}
        onKeyDown={event => event.key === 'Escape' && onAnswered()}
      />
      <Button type="submit" tone="primary" disabled={text.trim() === ''}>
        {t('comments.send')}
      </Button>
    </form>
  )
}

type Sending = { liveId: string; state: CommentsState; onRefused: (words: string) => void }

function useSend({ liveId, state, onRefused }: Sending) {
  const { store, keeper } = state
  const sentence = useErrorSentence()
  const { user } = useMe()
  return async (words: string, answering: Answering | null) => {
    const commentId = newId()
    const author = { id: user?.id ?? '', nickname: user?.nickname ?? '', avatarUrl: null }
    store.pushNow({
      id: commentId,
      author,
      role: keeper.role,
      kind: 'comment',
      text: words,
      replyTo: answering && { id: answering.id, author: answering.author, text: answering.text },
      mentions: [],
      isAnswered: false,
      state: 'shown',
      at: new Date().toISOString(),
    })
    try {
      const reply = answering ? { replyToId: answering.id } : {}
      store.pushNow(await api.chat.send({ id: liveId, commentId, text: words, ...reply }))
    } catch (error) {
      store.remove([commentId])
      onRefused(words)
      toast.error(sentence(error))
    }
  }
}
