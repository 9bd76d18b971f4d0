import type { SocialMessage } from '@kaibo/contract/show/realtime'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'

export type Notice = Extract<SocialMessage, { t: 'room.notice' }>

/** Who came and who bought lately, in one line; only what really happened. */
export function NoticeLine({ notice }: { notice: Notice | null }) {
  const t = useT()
  const format = useFormat()
  if (!notice) return null
  const { joined, bought } = notice
  return (
    <p className="said-notice k-num">
      {bought.count > 0 && (
        <b>{t('comments.bought', { names: format.list(bought.names), count: bought.count })}</b>
      )}{' '}
      {joined.count > 0 &&
        t('comments.joined', { names: format.list(joined.names), count: joined.count })}
    </p>
  )
}
