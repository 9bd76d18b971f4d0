import { useT } from '@kaibo/ui/i18n.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { Link } from 'wouter'
import { goBack } from '../../shell/go-back.ts'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { ClaimList } from './claim-list.tsx'

/** 领券中心: what can be claimed now, of the platform or of one shop. */
export function CouponCentrePage({ shopId }: { shopId?: string }) {
  const t = useT()
  const title = t(shopId ? 'coupon.inShop' : 'coupon.centre')
  usePageTitle(title)
  return (
    <Page
      width="wide"
      bar={
        <AppBar
          title={title}
          onBack={goBack}
          actions={<Link href="/me/coupons">{t('coupon.title')}</Link>}
        />
      }
    >
      <ClaimList {...(shopId ? { shopId } : {})} />
    </Page>
  )
}
