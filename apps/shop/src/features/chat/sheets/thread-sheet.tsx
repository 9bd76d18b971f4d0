import type { Comment } from '@kaibo/contract/show/chat'
import { newId } from '@kaibo/kernel/ids'
import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Trouble } from '../../../shell/trouble.tsx'
import { useSignedIn } from '../../sign-in/sheet.tsx'
import { ChatWords } from '../chat-words.tsx'
import { textMax } from '../model.ts'

type ThreadSheetProps = {
  liveId: string
  open: boolean
  onClose: () => void
  /** One thread; null = the comment area, all of them. */
  rootId: string | null
  onRoot: (rootId: string | null) => void
}

/** The comment area of a room, and one thread of it. Both go on after the session has ended. */
export function ThreadSheet({ liveId, open, onClose, rootId, onRoot }: ThreadSheetProps) {
  const t = useT()
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={t(rootId ? 'chat.thread' : 'chat.area')}
      theme="paper"
      side="end"
      tall
      extra={
        rootId && (
          <IconButton icon="back" label={t('chat.allThreads')} onClick={() => onRoot(null)} />
        )
      }
    >
      {rootId ? (
        <Thread key={rootId} liveId={liveId} rootId={rootId} />
      ) : (
        <Threads liveId={liveId} onRoot={onRoot} />
      )}
    </Sheet>
  )
}

function Threads({ liveId, onRoot }: Pick<ThreadSheetProps, 'liveId' | 'onRoot'>) {
  const t = useT()
  const pages = useInfiniteQuery({
    queryKey: ['threads', liveId],
    queryFn: ({ pageParam }) =>
      api.chat.threads({ id: liveId, limit: 20, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  })
  const items = pages.data?.pages.flatMap(page => page.items) ?? []
  if (pages.isPending) return <SkeletonList rows={5} />
  if (items.length === 0) return <Empty icon="chat" title={t('chat.noThreads')} />
  return (
    <>
      <ul className="threads">
        {items.map(({ comment, replyCount }) => (
          <li key={comment.id}>
            <Said comment={comment} />
            <Button size="s" tone="plain" onClick={() => onRoot(comment.id)}>
              {replyCount > 0 ? t('chat.replies', { count: replyCount }) : t('chat.reply')}
            </Button>
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button wide busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('chat.older')}
        </Button>
      )}
    </>
  )
}

function Thread({ liveId, rootId }: { liveId: string; rootId: string }) {
  const thread = useQueryOf(['thread', liveId, rootId], () =>
    api.chat.thread({ id: liveId, commentId: rootId, limit: 50 }),
  )
  if (!thread.data) {
    if (!thread.error) return <SkeletonList rows={3} />
    return (
      <Trouble
        error={thread.error}
        onRetry={() => void thread.refetch()}
        busy={thread.isFetching}
      />
    )
  }
  const { root, items } = thread.data
  return (
    <div className="thread">
      <Said comment={root} />
      <ul className="threads">
        {items.map(comment => (
          <li key={comment.id}>
            <Said comment={comment} />
          </li>
        ))}
      </ul>
      <Answer liveId={liveId} rootId={root.id} />
    </div>
  )
}

function Said({ comment }: { comment: Comment }) {
  const format = useFormat()
  return (
    <p className="thread-said">
      <ChatWords comment={comment} />
      <small className="k-muted k-num">{format.ago(comment.at)}</small>
    </p>
  )
}

function Answer({ liveId, rootId }: { liveId: string; rootId: string }) {
  const t = useT()
  const whenSignedIn = useSignedIn()
  const [text, setText] = useState('')
  const send = useActionOf(
    (words: string) =>
      api.chat.send({ id: liveId, commentId: newId(), text: words, replyToId: rootId }),
    {
      refresh: [
        ['thread', liveId, rootId],
        ['threads', liveId],
      ],
      onDone: () => setText(''),
    },
  )
  const words = text.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (words !== '') whenSignedIn(() => send.run(words))
  }
  return (
    <form className="thread-answer" onSubmit={submit}>
      <input
        value={text}
        maxLength={textMax}
        aria-label={t('chat.reply')}
        placeholder={t('chat.reply')}
        enterKeyHint="send"
        onChange={event => setText(event.target.value)}
      />
      <Button type="submit" tone="primary" disabled={words === ''} busy={send.busy}>
        {t('chat.send')}
      </Button>
    </form>
  )
}
