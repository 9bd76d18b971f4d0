import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../src/tokens.css'
import '../src/base.css'
import { createI18n } from '../src/i18n.ts'
import { Toasts } from '../src/overlay/toast.tsx'
import { Choosing, Controls, Forms } from './controls.tsx'
import { Display, Feedback } from './display.tsx'
import './gallery.css'
import { Overlays } from './overlays.tsx'
import { Room } from './room.tsx'
import { Toolbar, useTheme } from './toolbar.tsx'

const isRoom = new URLSearchParams(location.search).get('page') === 'room'

/** `?page=room` is a whole live room; without it, every part on one page. */
function Gallery() {
  const [theme, setTheme] = useTheme()
  if (isRoom) return <Room />
  return (
    <div className="g-page" data-theme={theme}>
      <Toolbar theme={theme} onTheme={setTheme} />
      <main className="g-grid">
        <Controls />
        <Forms />
        <Choosing />
        <Display />
        <Feedback />
        <Overlays />
      </main>
    </div>
  )
}

const root = document.getElementById('root')
await createI18n({
  ns: 'gallery',
  load: async language => {
    const file =
      language === 'en' ? await import('./locales/en.json') : await import('./locales/zh-CN.json')
    return file.default
  },
})
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Gallery />
      <Toasts />
    </StrictMode>,
  )
}
