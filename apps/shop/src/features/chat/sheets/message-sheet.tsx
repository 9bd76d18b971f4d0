import type { Comment } from '@kaibo/contract/show/chat'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Icon, type IconName } from '@kaibo/ui/display/icon.tsx'
import { List, ListItem } from '@kaibo/ui/display/list.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useLast } from '../../../shell/use-last.ts'
import { ChatWords } from '../chat-words.tsx'
import type { Chat } from '../use-chat.ts'
import { SanctionForm } from './sanction-form.tsx'

type MessageSheetProps = {
  place: { shopId: string; liveId: string }
  comment: Comment | null
  chat: Chat
  onClose: () => void
  onReply: (comment: Comment) => void
  onMention: (comment: Comment) => void
  onThread: (comment: Comment) => void
}

/** What can be done with a message: by everybody, and by those who keep order. */
export function MessageSheet(props: MessageSheetProps) {
  const { place, comment, chat, onClose } = props
  const t = useT()
  const shown = useLast(comment)
  return (
    <Sheet open={comment !== null} onClose={onClose} title={t('chat.message')} theme="paper">
      {shown && (
        <div className="k-stack message-sheet">
          <blockquote>
            <ChatWords comment={shown} />
          </blockquote>
          <Answers {...props} comment={shown} />
          {chat.role !== 'none' && (
            <KeepOrder place={place} chat={chat} comment={shown} onDone={onClose} />
          )}
        </div>
      )}
    </Sheet>
  )
}

function Answers(props: MessageSheetProps & { comment: Comment }) {
  const { comment, onReply, onMention, onThread } = props
  const t = useT()
  const { user } = useMe()
  const isOwn = comment.author.id === user?.id
  const rows: readonly (readonly [IconName, string, (comment: Comment) => void])[] = [
    ...(isOwn
      ? []
      : ([
          ['share', t('chat.reply'), onReply],
          ['user', t('chat.mention', { name: comment.author.nickname }), onMention],
        ] as const)),
    ['chat', t('chat.openThread'), onThread],
  ]
  return (
    <List label={t('chat.message')} inset>
      {rows.map(([icon, title, act]) => (
        <ListItem
          key={title}
          lead={<Icon name={icon} />}
          title={title}
          onPress={() => act(comment)}
        />
      ))}
    </List>
  )
}

type KeepOrderProps = Pick<MessageSheetProps, 'place' | 'chat'> & {
  comment: Comment
  onDone: () => void
}

/** Takes the message away, or its author's voice; each with a way back. */
function KeepOrder({ place, chat, comment, onDone }: KeepOrderProps) {
  const t = useT()
  const { user } = useMe()
  const ids = { shopId: place.shopId, id: place.liveId, commentId: comment.id }
  const bringBack = useActionOf(() => api.chat.setState({ ...ids, state: 'shown' }), {
    onDone: () => void chat.reload(),
  })
  const remove = useActionOf(() => api.chat.setState({ ...ids, state: 'removed' }), {
    onDone() {
      chat.feed.remove(({ id }) => id === comment.id)
      toast.offer(t('chat.tookAway'), { label: t('chat.undo'), act: () => bringBack.run(null) })
      onDone()
    },
  })
  return (
    <section className="k-stack" aria-label={t('chat.order')}>
      <List inset>
        <ListItem
          lead={<Icon name="trash" />}
          title={t('chat.takeAway')}
          onPress={() => remove.run(null)}
        />
      </List>
      {comment.author.id !== user?.id && comment.role !== 'host' && (
        <SanctionForm place={place} chat={chat} person={comment.author} onDone={onDone} />
      )}
    </section>
  )
}
