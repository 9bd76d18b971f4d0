import { newId } from '@kaibo/kernel/ids'
import { IconButton } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import type { ChatFeed } from '@kaibo/ui/live/chat-feed.ts'
import { LikeButton } from '@kaibo/ui/live/hearts.tsx'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { type FormEvent, useState } from 'react'
import { useSignedIn } from '../../shell/sign-in.tsx'
import { rowOf } from './model.ts'

type RoomBarProps = {
  liveId: string
  chat: ChatFeed
  bagCount: number
  onBag: () => void
  likeCount: number
  onLike: () => void
}

const textMax = 120

/** Write, open the bag, like. */
export function RoomBar({ liveId, chat, bagCount, onBag, likeCount, onLike }: RoomBarProps) {
  const t = useT()
  const whenSignedIn = useSignedIn()
  return (
    <footer className="room-bar">
      <CommentForm liveId={liveId} chat={chat} />
      <IconButton
        icon="bag"
        tone="primary"
        label={t('bag.open', { count: bagCount })}
        badge={bagCount || undefined}
        onClick={onBag}
      />
      <LikeButton count={likeCount} onLike={() => whenSignedIn(onLike)} />
    </footer>
  )
}

function CommentForm({ liveId, chat }: Pick<RoomBarProps, 'liveId' | 'chat'>) {
  const t = useT()
  const { user } = useMe()
  const whenSignedIn = useSignedIn()
  const sentence = useErrorSentence()
  const [text, setText] = useState('')

  /** The writer's own words show at once; refused, they leave the chat and come back to the input. */
  async function send(words: string): Promise<void> {
    const id = newId()
    const author = { id: user?.id ?? '', nickname: user?.nickname ?? '', avatarUrl: null }
    chat.pushNow(rowOf({ id, author, isHost: false, text: words, at: '' }, author.id))
    try {
      await api.chat.send({ id: liveId, commentId: id, text: words })
    } catch (error) {
      chat.remove(row => row.id === id)
      setText(words)
      toast.error(sentence(error))
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const words = text.trim()
    if (words === '') return
    whenSignedIn(() => {
      setText('')
      void send(words)
    })
  }
  return (
    <form className="room-write" onSubmit={submit}>
      <input
        value={text}
        onChange={event => setText(event.target.value)}
        onFocus={event => {
          if (user === null) event.target.blur()
          whenSignedIn(() => {})
        }}
        placeholder={t('chat.placeholder')}
        aria-label={t('chat.placeholder')}
        maxLength={textMax}
        enterKeyHint="send"
      />
      {text.trim() !== '' && (
        <IconButton icon="chat" tone="glass" label={t('chat.send')} type="submit" />
      )}
    </form>
  )
}
