import type { Notice } from '@kaibo/contract/media/verdict'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import type { MyShop } from '../account/model.ts'
import './standing.css'
import { useSeen, useStanding } from './use-standing.ts'

const titleOf = { warn: 'warned', cut: 'cut', ban: 'banned' } as const

type NoticesProps = {
  shop: MyShop
  liveId: string
  /** In the page, or over the picture that fills the screen. */
  place: 'page' | 'picture'
}

/** What the platform said about this show and nobody of the shop has read yet. */
export function Notices({ shop, liveId, place }: NoticesProps) {
  const t = useT()
  const notices = useStanding(shop)?.notices ?? []
  const news = notices.filter(notice => notice.liveId === liveId && notice.seenAt === null)
  if (news.length === 0) return null
  return (
    <section className="standing" data-place={place} aria-label={t('standing.title')} role="alert">
      {news.map(notice => (
        <NoticeLine key={notice.id} shopId={shop.id} notice={notice} />
      ))}
    </section>
  )
}

function NoticeLine({ shopId, notice }: { shopId: string; notice: Notice }) {
  const t = useT()
  const seen = useSeen(shopId)
  const reason = t(`standing.reason.${notice.reason}`)
  return (
    <div className="standing-line">
      <Icon name="warning" />
      <div>
        <b>{t(`standing.${titleOf[notice.kind]}`, { reason })}</b>
        {notice.note && <p>{notice.note}</p>}
        {notice.kind === 'warn' && <p>{t('standing.repeat')}</p>}
      </div>
      <Button busy={seen.busy} onClick={() => seen.run(notice.id)}>
        {t('standing.seen')}
      </Button>
    </div>
  )
}

/** Why nobody of this shop, or I, can go live. */
export function BanNote({ shop }: { shop: MyShop }) {
  const t = useT()
  const format = useFormat()
  const ban = useStanding(shop)?.ban
  if (!ban) return null
  const reason = t(`standing.reason.${ban.reason}`)
  return (
    <section className="standing" aria-label={t('standing.title')}>
      <div className="standing-line">
        <Icon name="warning" />
        <div>
          <b>{t('standing.banned', { reason })}</b>
          <p>
            {ban.until
              ? t('standing.until', { date: format.dateTime(ban.until) })
              : t('standing.forGood')}
          </p>
        </div>
      </div>
    </section>
  )
}
