import '@kaibo/ui/tokens.css'
import '@kaibo/ui/base.css'
import './console.css'
import { ApiProvider } from '@kaibo/ui/data/api.tsx'
import { createI18n } from '@kaibo/ui/i18n.ts'
import { Toasts } from '@kaibo/ui/overlay/toast.tsx'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { ConsoleTheme } from './components/console-theme.tsx'

await createI18n({
  ns: 'console',
  load: async language =>
    (language === 'en' ? await import('./locales/en.json') : await import('./locales/zh-CN.json'))
      .default,
})

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <ApiProvider>
      <ConsoleTheme>
        <App />
      </ConsoleTheme>
      <Toasts />
    </ApiProvider>,
  )
}
