import { newId } from '@kaibo/kernel/ids'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import type { ChatFeed } from '@kaibo/ui/live/chat-feed.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { type FormEvent, useState } from 'react'
import { rowOf } from './model.ts'

const textMax = 120

/** The host's words show at once; refused, they come back to the field. */
export function CommentForm({ liveId, feed }: { liveId: string; feed: ChatFeed }) {
  const t = useT()
  const sentence = useErrorSentence()
  const { user } = useMe()
  const [text, setText] = useState('')

  const send = async (words: string) => {
    const id = newId()
    const author = { id: user?.id ?? '', nickname: user?.nickname ?? '', avatarUrl: null }
    feed.pushNow(rowOf({ id, author, role: 'host', text: words }))
    try {
      await api.chat.send({ id: liveId, commentId: id, text: words })
    } catch (error) {
      feed.remove(row => row.id === id)
      setText(before => before || words)
      toast.error(sentence(error))
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const words = text.trim()
    if (words === '') return
    setText('')
    void send(words)
  }
  return (
    <form className="comment-form" onSubmit={submit}>
      <input
        className="k-input"
        value={text}
        maxLength={textMax}
        enterKeyHint="send"
        aria-label={t('chat.write')}
        placeholder={t('chat.write')}
        onChange={event => setText(event.target.value)}
      />
      <Button type="submit" tone="primary" disabled={text.trim() === ''}>
        {t('chat.send')}
      </Button>
    </form>
  )
}
