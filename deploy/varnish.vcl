# Varnish before two replicas: a cache of public pages that goes on when the replicas are down. For Varnish 7.1 or later.
#
# It stands between what ends TLS (nginx.conf with Varnish for its upstream, or hitch) and the replicas, and trusts what
# comes from there: nobody else may reach its port. The replicas run with NERVEWISE_PROXIES=1.
# Change the two replicas to where yours listen.
#
# How it is started, and with which parameters, is told in docs/operating.md: without them it would change the encodings
# of pages, and its log in memory would hold what visitors ask.

vcl 4.1;

import directors;
import std;

probe ready {
    .request =
        "GET /readyz HTTP/1.1"
        "Host: localhost"
        "Connection: close";
    .interval = 2s;
    .timeout = 1s;
    .window = 4;
    .threshold = 3;
    .initial = 2;
}

backend first {
    .host = "nervewise-1";
    .port = "8000";
    .connect_timeout = 2s;
    .first_byte_timeout = 15s;
    .probe = ready;
}

backend second {
    .host = "nervewise-2";
    .port = "8000";
    .connect_timeout = 2s;
    .first_byte_timeout = 15s;
    .probe = ready;
}

sub vcl_init {
    new replicas = directors.round_robin();
    replicas.add_backend(first);
    replicas.add_backend(second);
}

sub vcl_recv {
    set req.backend_hint = replicas.backend();

    # For the log: the part of the site that was asked for, and nothing else of the address.
    if (req.url ~ "^/(a-z|about|api|assets|causes|check|emergencies|exercises|faq|get-help-now|glossary|guides|offline|search|symptoms|treatments)/") {
        std.log("route:" + regsub(req.url, "^/([a-z-]+)/.*$", "/\1/"));
    } elsif (req.url ~ "^/(changes\.atom|healthz|index\.json|llms\.txt|offline-worker\.js|readyz|robots\.txt|sitemap\.xml)?(\?|$)") {
        std.log("route:" + regsub(req.url, "\?.*$", ""));
    } else {
        std.log("route:-");
    }
    # A method that a visitor made up is not told.
    if (req.method ~ "^(GET|HEAD|POST|OPTIONS|PUT|PATCH|DELETE)$") {
        std.log("method:" + req.method);
    } else {
        std.log("method:OTHER");
    }

    # What ends TLS has set the visitor's address, and Varnish has added that of what ends TLS: the first stays.
    set req.http.X-Forwarded-For = regsub(req.http.X-Forwarded-For, "\s*,.*$", "");
    unset req.http.X-Forwarded-Host;
    unset req.http.X-Forwarded-Prefix;
    unset req.http.Forwarded;

    # The checker: nothing of it is kept, and its cookie goes through.
    if (req.url ~ "^/check(/|\?|$)") {
        return (pass);
    }
    # Nothing else has a cookie.
    unset req.http.Cookie;

    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # What somebody typed is in no key of the cache.
    if (req.url ~ "\?") {
        return (pass);
    }

    # The site sends br, zstd and gzip. One word instead of the many ways in which browsers ask keeps one copy of each.
    if (req.http.Accept-Encoding ~ "\bbr\b" && req.http.Accept-Encoding !~ "\bbr\s*;\s*q=0(\.0*)?\s*(,|$)") {
        set req.http.Accept-Encoding = "br";
    } elsif (req.http.Accept-Encoding ~ "\bzstd\b" && req.http.Accept-Encoding !~ "\bzstd\s*;\s*q=0(\.0*)?\s*(,|$)") {
        set req.http.Accept-Encoding = "zstd";
    } elsif (req.http.Accept-Encoding ~ "\bgzip\b" && req.http.Accept-Encoding !~ "\bgzip\s*;\s*q=0(\.0*)?\s*(,|$)") {
        set req.http.Accept-Encoding = "gzip";
    } else {
        unset req.http.Accept-Encoding;
    }

    # While a replica is well, a page that is too old waits ten seconds at most for its successor.
    if (std.healthy(req.backend_hint)) {
        set req.grace = 10s;
    }
    return (hash);
}

sub vcl_backend_response {
    # While a page is fetched behind the scenes, the old one is better than an error.
    if (beresp.status >= 500 && bereq.is_bgfetch) {
        return (abandon);
    }
    if (bereq.uncacheable) {
        return (deliver);
    }
    # Only what the site says may be kept: errors, and what has no Cache-Control, are not.
    if (beresp.http.Set-Cookie || beresp.http.Cache-Control !~ "\bpublic\b") {
        set beresp.uncacheable = true;
        set beresp.ttl = 60s;
        set beresp.grace = 0s;
        return (deliver);
    }
    # A day in which no replica is well.
    set beresp.grace = 24h;
    set beresp.keep = 1h;
}

sub vcl_backend_error {
    # The other replica is asked when one fails; a form is not sent twice.
    if ((bereq.method == "GET" || bereq.method == "HEAD") && bereq.retries == 0) {
        return (retry);
    }
    set beresp.http.Content-Type = "text/plain; charset=utf-8";
    set beresp.http.Cache-Control = "no-store";
    set beresp.http.Retry-After = "5";
    set beresp.body = "The site cannot be reached at the moment. Please try again in a minute. In an emergency, call your emergency number.";
    return (deliver);
}

sub vcl_deliver {
    if (obj.uncacheable) {
        set resp.http.X-Cache = "PASS";
    } elsif (obj.hits > 0) {
        set resp.http.X-Cache = "HIT";
    } else {
        set resp.http.X-Cache = "MISS";
    }
    unset resp.http.Via;
    unset resp.http.X-Varnish;
}
