// Before the first paint, so that a dark page never flashes light. The choice holds only for this browser.
const saved = localStorage.getItem('theme')
if (saved === 'dark' || saved === 'light') document.documentElement.dataset.theme = saved

addEventListener('DOMContentLoaded', () => {
  const root = document.documentElement
  const button = document.getElementById('theme')
  const system = matchMedia('(prefers-color-scheme: dark)')
  const dark = () => (root.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark'
  const name = () => {
    button.textContent = dark() ? 'Light' : 'Dark'
    button.setAttribute('aria-label', `Switch to ${dark() ? 'light' : 'dark'} colours`)
  }
  button.addEventListener('click', () => {
    root.dataset.theme = dark() ? 'light' : 'dark'
    localStorage.setItem('theme', root.dataset.theme)
    name()
  })
  system.addEventListener('change', name)
  name()
})
