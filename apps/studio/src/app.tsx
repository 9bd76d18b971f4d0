import { useT } from '@kaibo/ui/i18n.ts'

export function App() {
  const t = useT()
  return <h1>{t('app.name')}</h1>
}
