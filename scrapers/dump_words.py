"""The word lists of the reader of plain-text dumps: controls of web pages, small words of languages."""

from __future__ import annotations

from collections.abc import Mapping


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Whole lines that are menu items, buttons, form labels: lower case, without digits and punctuation.
CONTROLS = _phrases(
    """
    about, about us, accept, accept all, accept cookies, accept refuse, accessibility, account, ad,
    ad choices, adchoices, add a comment, add comment, ads, advert, advertise, advertise with us,
    advertisement, advertising, agree, all news, allow, app store, apply, archive, archives, audio,
    author, avatar, back, back to top, basket, bluesky, bookmark, breaking, breaking news, browser,
    business, by, calendar, cancel, captcha, caption, careers, cart, categories, category, channels,
    checkout, classifieds, click here, close, close menu, collapse, comment, comments, community,
    community guidelines, community standards, confirmed cases, contact, contact us, continue,
    continue reading, continue reading the main story, cookie policy, cookie settings, cookies,
    copied, copy, copy link, corrections, crossword, crosswords, culture, deaths, decline, delete
    account, deny, discussion, dislike, dismiss, do not sell my personal information, donate, donate
    now, done, download, download the app, downvote, edit profile, edition, editors pick, editors
    picks, email, email address, email this, english, entertainment, events, expand, external link,
    facebook, facebook twitter, faq, faqs, fashion, features, feedback, filed under, find out more,
    first name, flag, flipboard, follow, follow us, following, food, forgot password, forgot your
    password, forward, forward to a friend, from, fullscreen, galleries, gallery, get short url, get
    the app, go to top, google play, got it, health, help, hide comments, home, homepage, horoscope,
    horoscopes, i agree, image, images, imprint, instagram, international edition, jobs, join, join
    now, join the conversation, join us, jump to content, language, languages, last name, last
    updated, latest, latest news, learn more, leave a comment, legal, less, life, lifestyle, like,
    likes, link copied, linkedin, listen, listen live, listen now, live, load more, loading, loading
    video, log in, log inregister, log out, login, logout, main menu, manage cookies, mastodon,
    menu, messenger, money, more, more info, most popular, most read, most viewed, multimedia, mute,
    my account, navigation, news, newsletter, newsletters, next, no, notifications, obituaries, ok,
    open menu, opens in a new tab, opens in new window, opinion, paid content, paid post, password,
    password recovery, pause, photo gallery, photos, pin, pin it, pinterest, play, play video,
    podcast, podcasts, politics, poll results, popular, post comment, postcode, press, press room,
    prev, previous, print, print article, print this, privacy, privacy notice, privacy policy,
    profile, promoted, published, read, read full article, read more, read the full story,
    recommend, recommended, recoveries, reddit, refuse, register, registration, reject, reject all,
    related, related articles, related content, related stories, related topics, remember me,
    replay, reply, report, report abuse, retweet, rss, rss feed, save, save for later, saved,
    science, scroll to top, search, search for, search this site, section, sections, see all, see
    more, select language, send, share, share article, share on, share on facebook, share on
    linkedin, share on twitter, share on whatsapp, share this, share this article, share this story,
    share via email, shop, show comments, show less, show more, sign in, sign in register, sign out,
    sign up, signin, signup, site index, site map, sitemap, skip to content, skip to main content,
    skip to navigation, skip to site index, slideshow, snapchat, sponsored, sponsored content,
    sport, sports, store, style, submit, subscribe, subscribe now, subscribe today, subscription,
    subscriptions, support, tag, tags, tech, technology, telegram, terms, terms and conditions,
    terms conditions, terms of service, terms of use, threads, tiktok, top, top news, top stories,
    topic, topics, travel, trending, trending now, tumblr, tweet, twitter, uk edition, unmute,
    updated, upvote, us edition, username, video, videos, view all, view as web page, view comments,
    view gallery, view in browser, view more, view this email in your browser, views, vk, votes,
    watch, watch live, watch now, weather, whatsapp, world, written by, x, yes, yes no, yesno, your
    email, your name, your privacy choices, youtube, zip code
    """
)

#: The commonest small words by language; long enough texts are told apart by their shares.
LANGUAGES: Mapping[str, frozenset[str]] = {
    "en": _words("and are as be by for from have in is it not of on that the they this to was which with"),
    "fr": _words("au avec dans des du en est et il la le les par pas plus pour que qui sur un une"),
    "de": _words("auch auf das dem den der des die ein eine es für im ist mit nicht sich und von zu"),
    "es": _words("al como con de del el en es la las lo los para por que se su un una y"),
    "it": _words("che con da del della di e gli i il la le nel non per si sono un una è"),
    "nl": _words("aan als bij dat de die een en er het is met niet om ook op te van voor zijn"),
    "pt": _words("a as com da de do e em mais na no não o os para por que se um uma"),
}

#: The small words of running text; menus and lists of links go without them.
FUNCTION_WORDS = _words(
    """
    a al all an and are as at au auf be been but by can che com con dans das dat del dem den der des
    di die du een ein eine el en est et for from had has have he her het his i if il im in is ist it
    its la las le les los mit more my nicht niet no non not não o of on one op or os our par para
    pas per por pour que qui se she so sono su sur that the their there they this to um uma un una
    und une van von was we were when which who will with would you your zijn zu
    """
)

#: What stands before a colon without being a speaker.
NO_SPEAKERS = _words(
    """
    address also audio background by caption cast cc color colour cons contact correction cost
    credit date deadline directions director disclaimer editor's email ends example fact fax for
    from genre here's how image ingredients key location media method myth note notes p.s phone
    photo posted price pros ps published rating re related remember runtime score see size source
    sources starring step subject summary tags tel tickets time to topics update updated venue
    verdict video warning web website weight what when where who why written
    """
)
