#include "wire/work.h"

#include "base/test.h"

static void a_job_comes_back(void)
{
    struct work_job job = {.inspect = true, .name = "名簿.csv"}, got;
    struct buf b;

    profile_default(&job.profile);
    job.profile.choice[ROW_P05] = CHOICE_REMOVE;
    job.profile.limits.depth = 3;
    buf_init(&b, 65536);
    work_put_job(&b, &job);
    CHECK(work_kind(buf_bytes(&b)) == WORK_JOB);
    CHECK(work_get_job(buf_bytes(&b), &got));
    CHECK(strcmp(got.name, job.name) == 0 && got.inspect);
    CHECK(memcmp(&got.profile, &job.profile, sizeof(job.profile)) == 0);
    b.len--;
    CHECK(!work_get_job(buf_bytes(&b), &got));
    buf_done(&b);
}

static void texts_lose_what_a_terminal_would_obey(void)
{
    struct work_finding f = {.row = ROW_G05, .act = ACT_REMOVED, .count = 2, .where = "a\x1b[2J\xff\xe2\x80\xae"}, got;
    struct buf b;

    buf_init(&b, 4096);
    work_put_finding(&b, &f);
    CHECK(work_get_finding(buf_bytes(&b), &got));
    CHECK(strcmp(got.where, "a?[2J??") == 0);
    CHECK(got.row == ROW_G05 && got.count == 2);
    buf_done(&b);
}

static void values_out_of_range_are_refused(void)
{
    struct work_finding f = {.row = ROW_COUNT, .act = ACT_REMOVED}, got;
    struct work_done d = {.type = TYPE_COUNT}, got_done;
    struct buf b;

    buf_init(&b, 4096);
    work_put_finding(&b, &f);
    CHECK(!work_get_finding(buf_bytes(&b), &got));
    buf_reset(&b);
    work_put_done(&b, &d);
    CHECK(!work_get_done(buf_bytes(&b), &got_done));
    CHECK(work_kind(BYTES("")) == 0);
    buf_done(&b);
}

TEST_MAIN(TEST(a_job_comes_back), TEST(texts_lose_what_a_terminal_would_obey), TEST(values_out_of_range_are_refused))
