#include "inspect/sniff_mail.h"

static bool starts(struct bytes head, const char *mark)
{
    return bytes_starts(head, bytes_of(mark));
}

static bool starts_fold(struct bytes head, const char *mark)
{
    return bytes_starts_fold(head, bytes_of(mark));
}

/* Length of a header field's name and colon at the start of a line, or 0. */
static size_t field_len(struct bytes line)
{
    size_t at = 0;

    while (at < line.len && line.at[at] > ' ' && line.at[at] < 0x7f && line.at[at] != ':')
        at++;
    return at > 0 && at < line.len && line.at[at] == ':' ? at + 1 : 0;
}

struct mail {
    unsigned known; /* fields only mail has */
    bool broken, mime, related, sender;
};

/* A mail begins with header fields up to an empty line; some of them only mail has. */
static struct mail mail_look(struct bytes head)
{
    static const char *const names[] = {"From:", "To:", "Subject:", "Date:", "Received:", "Return-Path:", "Message-ID:",
                                        "MIME-Version:", "Delivered-To:", "Content-Type:", "Reply-To:", "Cc:", "Bcc:",
                                        "Sender:", "X-Mailer:", "Content-Transfer-Encoding:", "DKIM-Signature:",
                                        "X-Mozilla-Status:", "References:", "In-Reply-To:", "X-Received:", "X-Priority:",
                                        "Resent-From:", "Envelope-To:", "Newsgroups:", "Thread-Topic:", "Authentication-Results:"};
    struct mail m = {0};

    while (head.len > 0 && head.at[0] != '\r' && head.at[0] != '\n' && !m.broken) {
        size_t end = bytes_find_byte(head, '\n', 0);
        struct bytes line = bytes_part(head, 0, end);
        bool folded = (line.at[0] == ' ' || line.at[0] == '\t');

        m.broken = !folded && field_len(line) == 0;
        for (size_t i = 0; i < countof(names) && !folded; i++)
            m.known += starts_fold(line, names[i]);
        m.mime |= starts_fold(line, "MIME-Version:");
        m.sender |= starts_fold(line, "Received:") || starts_fold(line, "To:") || starts_fold(line, "Message-ID:");
        m.related |= bytes_find_fold(line, BYTES("multipart/related"), 0) != SIZE_MAX;
        head = bytes_from(head, end == SIZE_MAX ? head.len : end + 1);
    }
    return m;
}

/* Mail by its header lines.  In a file that is to be opened as plain text, they are just text. */
enum type sniff_mail_type(struct bytes head, enum type claimed)
{
    size_t line = bytes_find_byte(head, '\n', 0);
    struct mail m;

    if (claimed == TYPE_txt)
        return TYPE_unknown;
    if (starts(head, "From ") && line != SIZE_MAX) {
        m = mail_look(bytes_from(head, line + 1));
        return m.known < 2 ? TYPE_unknown : claimed == TYPE_eml ? TYPE_eml : TYPE_mbox;
    }
    m = mail_look(head);
    if (m.known > 0 && claimed == TYPE_eml)
        return m.related && !m.sender ? TYPE_mhtml : TYPE_eml;
    if (m.known < 2 || (m.broken && m.known < 3))
        return TYPE_unknown;
    return m.mime && m.related && !m.sender ? TYPE_mhtml : TYPE_eml;
}
