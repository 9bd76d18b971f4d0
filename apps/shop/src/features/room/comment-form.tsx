import { newId } from '@kaibo/kernel/ids'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import type { ChatFeed } from '@kaibo/ui/live/chat-feed.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useSignedIn } from '../sign-in/sheet.tsx'
import { rowOf } from './model.ts'

const textMax = 120

/** Writes into the chat. A visitor's field asks to sign in when it is pressed or typed into. */
export function CommentForm({ liveId, chat }: { liveId: string; chat: ChatFeed }) {
  const t = useT()
  const { user } = useMe()
  const whenSignedIn = useSignedIn()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const send = useSend(liveId, chat)

  const ask = () => {
    if (!user) whenSignedIn(() => field.current?.focus())
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const words = text.trim()
    if (words === '' || !user) return
    setText('')
    const isSent = await send(words)
    if (!isSent) setText(meanwhile => meanwhile || words)
  }
  return (
    <form className="room-write" onSubmit={submit}>
      <input
        ref={field}
        value={text}
        readOnly={!user}
        onChange={event => setText(event.target.value)}
        onClick={ask}
        onKeyDown={event => isTyping(event) && ask()}
        placeholder={t('chat.placeholder')}
        aria-label={t('chat.placeholder')}
        maxLength={textMax}
        autoComplete="off"
        enterKeyHint="send"
      />
      {text.trim() !== '' && (
        <Button tone="primary" size="s" type="submit">
          {t('chat.send')}
        </Button>
      )}
    </form>
  )
}

const isTyping = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  !ctrlKey && !metaKey && !altKey && (key === 'Enter' || key.length === 1)

/** The writer's own words show at once; refused, they leave the chat again. Says whether they stay. */
function useSend(liveId: string, chat: ChatFeed): (text: string) => Promise<boolean> {
  const { user } = useMe()
  const sentence = useErrorSentence()
  return async text => {
    const id = newId()
    const author = { id: user?.id ?? '', nickname: user?.nickname ?? '', avatarUrl: null }
    chat.pushNow(rowOf({ id, author, role: 'none', text }, author.id))
    try {
      await api.chat.send({ id: liveId, commentId: id, text })
      return true
    } catch (error) {
      chat.remove(row => row.id === id)
      toast.error(sentence(error))
      return false
    }
  }
}
