import { useT } from '@kaibo/ui/i18n.ts'
import { PageShell } from '../../components/page-shell.tsx'

export function TodayPage() {
  const t = useT()
  return <PageShell title={t('today.title')}>{null}</PageShell>
}
