import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Crumbs that every room needs, and other pages one or two of. */
const ofEveryRoom =
  /features.(sale.(sale-line|use-sales|model)|product.stock-note|chat.(use-chat|model|chat-words)|follow.(follow-button|use-follow))|live.(chat-feed|countdown)|player.(open.status|quality)/

/** Crumbs that the front door needs, and so every page. */
const ofTheFront =
  /show.topics|shell.(language-button|load-room)|share.use-share-entry|display.avatar|feed.show-tile|sign-in.sheet/

export default defineConfig({
  base: '/',
  plugins: [react()],
  build: {
    target: 'es2022',
    manifest: true,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What most routes share is one file: a dozen crumbs would compress worse and ask more often.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'base', minShareCount: 15 },
            { name: 'front', test: ofTheFront },
            { name: 'room', test: ofEveryRoom },
          ],
        },
      },
    },
  },
})
