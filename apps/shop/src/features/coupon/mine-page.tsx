import type { Coupon } from '@kaibo/contract/offer/coupon'
import { newId } from '@kaibo/kernel/ids'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { Tabs } from '@kaibo/ui/control/tabs.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { type FormEvent, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { goBack } from '../../shell/go-back.ts'
import { MorePages, usePages } from '../../shell/pages.tsx'
import { Trouble } from '../../shell/trouble.tsx'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { SignInPage } from '../sign-in/page.tsx'
import { Ticket } from './ticket.tsx'

const states = ['usable', 'used', 'expired'] as const
type State = (typeof states)[number]
const pageSize = 20

/** My coupons: what can be used, what was, what is lost. */
export function MyCouponsPage() {
  const t = useT()
  const { user } = useMe()
  const [state, setState] = useState<State>('usable')
  usePageTitle(t('coupon.title'))
  if (user === null) return <SignInPage title={t('coupon.title')} />
  return (
    <Page
      width="wide"
      bar={
        <AppBar
          title={t('coupon.title')}
          onBack={goBack}
          actions={<Link href="/coupons">{t('coupon.centre')}</Link>}
        />
      }
    >
      <div className="k-stack">
        <CodeForm />
        <Tabs
          label={t('coupon.state')}
          tabs={states.map(id => ({ id, label: t(`coupon.${id}`) }))}
          value={state}
          onChange={id => setState(states.find(one => one === id) ?? 'usable')}
        >
          {user ? <Coupons key={state} state={state} /> : <SkeletonList rows={4} />}
        </Tabs>
      </div>
    </Page>
  )
}

/** Somebody was given a code. */
function CodeForm() {
  const t = useT()
  const [code, setCode] = useState('')
  const redeem = useActionOf((typed: string) => api.coupon.redeem({ id: newId(), code: typed }), {
    refresh: [['coupons']],
    onDone: () => {
      setCode('')
      toast.success(t('coupon.redeemed'))
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const typed = code.trim()
    if (/^[0-9A-Za-z]{4,20}$/.test(typed)) redeem.run(typed)
    else toast.error(t('coupon.codeHint'))
  }
  return (
    <form className="coupon-code" onSubmit={submit}>
      <TextField
        label={t('coupon.code')}
        value={code}
        maxLength={20}
        autoComplete="off"
        autoCapitalize="characters"
        onChange={event => setCode(event.target.value)}
      />
      <Button tone="quiet" type="submit" busy={redeem.busy} disabled={code.trim() === ''}>
        {t('coupon.redeem')}
      </Button>
    </form>
  )
}

function Coupons({ state }: { state: State }) {
  const t = useT()
  const pages = usePages(['coupons', state], cursor =>
    api.coupon.mine({ state, limit: pageSize, ...(cursor ? { cursor } : {}) }),
  )
  if (pages.isLoading) return <SkeletonList rows={4} />
  if (pages.error && pages.items.length === 0)
    return <Trouble error={pages.error} onRetry={pages.retry} />
  if (pages.isEmpty) {
    return (
      <Empty icon="gift" title={t('coupon.none')}>
        {state === 'usable' && <Link href="/coupons">{t('coupon.noneHint')}</Link>}
      </Empty>
    )
  }
  return (
    <>
      <ul className="ticket-list" aria-label={t(`coupon.${state}`)}>
        {pages.items.map(coupon => (
          <li key={coupon.id}>
            <MyTicket coupon={coupon} />
          </li>
        ))}
      </ul>
      <MorePages pages={pages} />
    </>
  )
}

function MyTicket({ coupon }: { coupon: Coupon }) {
  const t = useT()
  const format = useFormat()
  const [, go] = useLocation()
  const { state, shop, validFrom, validUntil } = coupon
  const isEarly = Date.parse(validFrom) > Date.now()
  const when = isEarly
    ? t('coupon.from', { date: format.dateTime(validFrom) })
    : t('coupon.until', { date: format.dateTime(validUntil) })
  return (
    <Ticket of={coupon} when={when} isFaded={state === 'used' || state === 'expired'}>
      {state === 'usable' && (
        <Button tone="quiet" size="s" onClick={() => go(shop ? `/shop/${shop.id}` : '/')}>
          {t('coupon.use')}
        </Button>
      )}
      {state === 'locked' && <span className="ticket-done">{t('coupon.withOrder')}</span>}
    </Ticket>
  )
}
