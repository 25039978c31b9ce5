/** Badges, forms, lists: what all pages are made of. Touch targets are at least 44 pixels high. */
export const STYLE_OF_PARTS = `
.badge {
  display: inline-block; padding: .05rem .55rem; border-radius: 99px; font-size: .82rem; font-weight: 600;
  border: 1px solid var(--line); background: var(--sunk); color: var(--ink);
}
.severity-critical { background: var(--bad); color: var(--paper); border-color: var(--bad); }
.severity-high { background: var(--bad-ground); color: var(--bad); border-color: var(--bad); }
.severity-medium { background: var(--warn-ground); color: var(--warn); border-color: var(--warn); }
.severity-low { background: var(--info-ground); color: var(--info); border-color: var(--info); }
.status-resolved, .status-mitigated { background: var(--good-ground); color: var(--good); border-color: var(--good); }

.notice { padding: .6rem .8rem; border-radius: 8px; background: var(--info-ground); color: var(--info); margin: 0; }
.notice.bad { background: var(--bad-ground); color: var(--bad); }
.notice p { margin: .2rem 0; }

.field { display: grid; gap: .2rem; margin: 0 0 .7rem; }
label { font-weight: 600; }
input, textarea {
  font: inherit; width: 100%; min-height: 2.75rem; padding: .5rem .6rem; color: var(--ink);
  background: var(--ground); border: 1px solid var(--quiet); border-radius: 6px;
}
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; margin: .2rem 0 0; }
button {
  font: inherit; font-weight: 600; min-height: 2.75rem; padding: .4rem .9rem; cursor: pointer;
  border-radius: 6px; border: 1px solid var(--quiet); background: var(--paper); color: var(--ink);
}
.button { display: inline-block; min-height: 2.75rem; padding: .6rem 1rem; border-radius: 6px; text-decoration: none; font-weight: 600; }
button.primary, .button { background: var(--link); border-color: var(--link); color: var(--paper); }
button.link { border: 0; background: none; color: var(--link); text-decoration: underline; font-weight: 400; }

.filters ul { list-style: none; display: flex; flex-wrap: wrap; gap: .4rem; padding: 0; margin: 0 0 .25rem; }
.filters li { margin: 0; }
.filters a {
  display: inline-block; padding: .5rem .9rem; border: 1px solid var(--line); border-radius: 99px;
  background: var(--paper); text-decoration: none;
}
.filters a[aria-current] { background: var(--link); border-color: var(--link); color: var(--paper); }

.contents ul { list-style: none; display: flex; flex-wrap: wrap; gap: .35rem; padding: 0; margin: 0; }
.contents li { margin: 0; }
.contents a {
  display: inline-block; padding: .4rem .7rem; border: 1px solid var(--line); border-radius: 99px;
  background: var(--paper); text-decoration: none; font-size: .92rem;
}

.incidents, .cards { list-style: none; padding: 0; margin: 0; display: grid; gap: .6rem; }
.incidents li, .cards > li { margin: 0; padding: .6rem .75rem; border: 1px solid var(--line); border-radius: 8px; min-width: 0; }
.incident-item { position: relative; }
.incident-item h3 { margin: .3rem 0 .1rem; font-size: 1.05rem; }
.incident-item h3 a::after { content: ""; position: absolute; inset: 0; border-radius: 8px; }
.incident-item:hover { border-color: var(--link); }
.incident-item p { margin: .15rem 0; }
.list .panel { background: none; border: 0; padding: .25rem 0; }
.list .incidents li, .list .cards > li { background: var(--paper); }
@media (min-width: 62rem) { .list .incidents, .list .cards { grid-template-columns: repeat(2, minmax(0, 1fr)); } }

.confidence { display: inline-flex; align-items: center; gap: .4rem; white-space: nowrap; }
meter { width: 5rem; height: .7rem; appearance: none; border: 1px solid var(--quiet); border-radius: 99px; background: var(--sunk); overflow: hidden; }
meter::-webkit-meter-bar { background: var(--sunk); border: 0; border-radius: 0; height: 100%; }
meter::-webkit-meter-optimum-value { background: var(--link); }
meter::-moz-meter-bar { background: var(--link); }

.facts { margin: .5rem 0; display: grid; gap: .25rem; }
.facts > div { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .5rem; }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; min-width: 0; }

.effect-dead { border-color: var(--bad) !important; background: var(--bad-ground) !important; }
.rows { list-style: none; padding: 0; }
.rows li { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .6rem; margin: .1rem 0; font-size: .9rem; }
`;
