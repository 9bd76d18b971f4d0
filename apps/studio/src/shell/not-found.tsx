import { Button } from '@kaibo/ui/control/button.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useLocation } from 'wouter'
import { StudioPage } from './studio-page.tsx'

export function NotFoundPage() {
  const t = useT()
  const [, go] = useLocation()
  return (
    <StudioPage title={t('app.name')}>
      <Empty
        icon="search"
        title={t('notFound.title')}
        action={<Button onClick={() => go('/')}>{t('notFound.home')}</Button>}
      >
        {t('notFound.hint')}
      </Empty>
    </StudioPage>
  )
}
