//! The members of the path classes.
//!
//! Paths are in the normal form of [`super::Location`]: `~` is any user's home, `.` is where the command starts.

/// Some members of a class.
pub(super) struct Members {
    /// Paths that are members.
    pub(super) these: &'static [&'static str],
    /// Paths that are members with all that is inside.
    pub(super) trees: &'static [&'static str],
    /// Paths that are none, with all that is inside.
    pub(super) except: &'static [&'static str],
}

#[rustfmt::skip]
pub(super) const ROOT: &[Members] = &[Members { these: &["/"], trees: &[], except: &[] }];

#[rustfmt::skip]
pub(super) const HOME: &[Members] = &[Members { these: &["~", "/home", "/Users"], trees: &[], except: &[] }];

#[rustfmt::skip]
pub(super) const SYSTEM: &[Members] = &[Members {
    these: &["/dev"],
    trees: &[
        "/bin", "/boot", "/efi", "/etc", "/lib", "/lib32", "/lib64", "/libx32", "/nix", "/opt", "/proc",
        "/run", "/sbin", "/sys", "/usr", "/var",
        // macOS
        "/System", "/Library", "/Applications", "/private", "/cores",
    ],
    except: &[
        "/var/tmp/**", "/var/folders/**", "/var/log", "/run/user/**", "/run/lock/**",
        "/var/run/user/**", "/var/lock/**",
        // a process' own files
        "/proc/self", "/proc/thread-self",
    ],
}];

#[rustfmt::skip]
pub(super) const DEVICE: &[Members] = &[Members {
    these: &[
        "/dev/sd*", "/dev/hd*", "/dev/vd*", "/dev/xvd*", "/dev/nvme*", "/dev/mmcblk*", "/dev/disk*",
        "/dev/rdisk*", "/dev/dm-*", "/dev/md*", "/dev/loop*", "/dev/nbd*", "/dev/rbd*", "/dev/drbd*",
        "/dev/zd*", "/dev/ram*", "/dev/zram*", "/dev/pmem*", "/dev/sr*", "/dev/st?", "/dev/nst*",
        "/dev/mtd*", "/dev/ubi*", "/dev/bcache*", "/dev/mem", "/dev/kmem", "/dev/port", "/dev/ada*",
        "/dev/da?*", "/dev/nda*", "/dev/dasd*",
        // /dev/VOLUMEGROUP/VOLUME
        "/dev/*/*",
    ],
    trees: &["/dev/disk", "/dev/mapper", "/dev/block", "/dev/md", "/dev/zvol"],
    except: &[
        "/dev/mapper/control", "/dev/shm", "/dev/fd", "/dev/pts", "/dev/tcp", "/dev/udp", "/dev/net",
        "/dev/input", "/dev/snd", "/dev/dri", "/dev/bus", "/dev/cpu", "/dev/char", "/dev/mqueue",
        "/dev/hugepages", "/dev/serial", "/dev/vfio", "/dev/dma_heap", "/dev/usb", "/dev/loop-control",
    ],
}];

#[rustfmt::skip]
pub(super) const TEMP: &[Members] = &[Members {
    these: &["/tmp/**", "/var/tmp/**", "/dev/shm/**", "/var/folders/*/*/T/**"],
    trees: &[],
    except: &[],
}];

#[rustfmt::skip]
pub(super) const REPO_METADATA: &[Members] = &[Members {
    these: &[],
    trees: &["**/.git", "**/.hg", "**/.svn", "**/.jj", "**/.bzr", "**/_darcs", "**/?*.git"],
    except: &[],
}];

#[rustfmt::skip]
pub(super) const CREDENTIALS: &[Members] = &[
    Members {
        these: &[],
        trees: &[
            "~/.ssh", "~/.gnupg", "~/.aws", "~/.azure", "~/.kube", "~/.config/gcloud", "~/.config/gh",
            "~/.config/glab-cli", "~/.config/op", "~/.config/doctl", "~/.config/hcloud", "~/.config/sops",
            "~/.config/containers/auth.json", "~/.config/rclone/rclone.conf", "~/.config/git/credentials",
            "~/.docker/config.json", "~/.git-credentials", "~/.netrc", "~/.pgpass", "~/.my.cnf",
            "~/.mylogin.cnf", "~/.npmrc", "~/.yarnrc.yml", "~/.pypirc", "~/.gem/credentials",
            "~/.cargo/credentials", "~/.cargo/credentials.toml", "~/.m2/settings-security.xml",
            "~/.terraform.d/credentials.tfrc.json", "~/.terraformrc", "~/.vault-token", "~/.s3cfg",
            "~/.boto", "~/.oci", "~/.fly", "~/.password-store", "~/.local/share/keyrings",
            "~/.local/share/kwalletd", "~/Library/Keychains", "/etc/shadow", "/etc/gshadow", "/etc/shadow-",
            "/etc/ssl/private", "/etc/pki/tls/private", "/etc/ssh/ssh_host_*", "/etc/letsencrypt/live",
            "/etc/letsencrypt/archive", "/etc/kubernetes/pki", "/etc/krb5.keytab", "/etc/wireguard",
            "/etc/openvpn",
        ],
        except: &[],
    },
    Members {
        these: &[
            "**/.env", "**/.env.*", "**/.netrc", "**/_netrc", "**/.pgpass", "**/.git-credentials",
            "**/.htpasswd", "**/id_rsa*", "**/id_dsa*", "**/id_ecdsa*", "**/id_ed25519*", "**/*.pem",
            "**/*.key", "**/*.p12", "**/*.pfx", "**/*.jks", "**/*.keystore", "**/*.kdbx", "**/*.ppk",
            "**/*.keytab", "**/*.kubeconfig", "**/kubeconfig", "**/credentials.json", "**/secrets.y*ml",
            "**/*service-account*.json", "**/*service_account*.json",
        ],
        trees: &[],
        except: &[
            "**/.env.example", "**/.env.sample", "**/.env.template", "**/.env.dist", "**/.env.defaults",
            "**/*.pub", "**/node_modules/**", "**/.venv/**", "**/venv/**", "**/site-packages/**", "/tmp/**",
            "/var/tmp/**",
        ],
    },
];

#[rustfmt::skip]
pub(super) const STARTUP: &[Members] = &[Members {
    these: &[],
    trees: &[
        "~/.bashrc", "~/.bash_profile", "~/.bash_login", "~/.bash_logout", "~/.bash_aliases",
        "~/.profile", "~/.zshrc", "~/.zprofile", "~/.zshenv", "~/.zlogin", "~/.zlogout", "~/.kshrc",
        "~/.cshrc", "~/.tcshrc", "~/.login", "~/.logout", "~/.xinitrc", "~/.xprofile", "~/.xsession",
        "~/.xsessionrc", "~/.config/fish/config.fish", "~/.config/fish/conf.d", "~/.config/autostart",
        "~/.config/systemd", "~/.local/share/systemd", "~/.config/environment.d",
        "~/Library/LaunchAgents", "~/.ssh/authorized_keys", "~/.ssh/authorized_keys2", "~/.ssh/rc",
        "~/.ssh/environment", "/etc/profile", "/etc/profile.d", "/etc/bash.bashrc", "/etc/bashrc",
        "/etc/bash", "/etc/zsh", "/etc/zshrc", "/etc/zprofile", "/etc/zshenv", "/etc/environment",
        "/etc/crontab", "/etc/anacrontab", "/etc/cron.*", "/var/spool/cron", "/var/spool/at",
        "/etc/systemd", "/lib/systemd", "/usr/lib/systemd", "/run/systemd/system", "/etc/init.d",
        "/etc/init", "/etc/inittab", "/etc/rc.local", "/etc/rc?.d", "/etc/rc.d", "/etc/xdg/autostart",
        "/etc/ld.so.preload", "/Library/LaunchAgents", "/Library/LaunchDaemons",
        "/Library/StartupItems", "**/.git/hooks",
    ],
    except: &["**/.git/hooks/*.sample"],
}];

#[rustfmt::skip]
pub(super) const DATABASE: &[Members] = &[
    Members {
        these: &[
            "**/*.sqlite", "**/*.sqlite3", "**/*.sqlite-wal", "**/*.sqlite3-wal", "**/*.db", "**/*.db3",
            "**/*.db-wal", "**/*.duckdb", "**/*.mdb", "**/*.accdb", "**/*.rdb", "**/*.ibd", "**/ibdata1",
        ],
        trees: &[],
        except: &[
            "/tmp/**", "/var/tmp/**", "/var/cache/**", "**/.cache/**", "**/node_modules/**",
            "**/.pytest_cache/**", "**/.mypy_cache/**", "**/Thumbs.db", "**/__pycache__/**", "**/target/**",
        ],
    },
    Members {
        these: &[],
        trees: &[
            "/var/lib/mysql", "/var/lib/mariadb", "/var/lib/postgresql", "/var/lib/postgres",
            "/var/lib/pgsql", "/var/lib/mongodb", "/var/lib/mongo", "/var/lib/redis", "/var/lib/valkey",
            "/var/lib/elasticsearch", "/var/lib/opensearch", "/var/lib/influxdb", "/var/lib/cassandra",
            "/var/lib/couchdb", "/var/lib/clickhouse", "/var/lib/neo4j", "/var/lib/etcd", "/var/lib/ldap",
            "/var/lib/rabbitmq", "/var/lib/kafka", "/var/lib/prometheus", "/var/lib/grafana",
            "/var/lib/docker/volumes", "/usr/local/var/mysql", "/usr/local/var/postgres*",
            "/usr/local/var/mongodb", "/usr/local/var/db", "/opt/homebrew/var/mysql",
            "/opt/homebrew/var/postgres*", "/opt/homebrew/var/mongodb", "/opt/homebrew/var/db",
            "~/Library/Application Support/Postgres",
        ],
        except: &[],
    },
];

#[rustfmt::skip]
/// Endings that no directory has. Those that projects are named after (`three.js`) are missing.
pub(super) const FILE: &[Members] = &[Members {
    these: &[
        "**/?*.txt", "**/?*.md", "**/?*.rst", "**/?*.json", "**/?*.jsonl", "**/?*.yaml", "**/?*.yml",
        "**/?*.toml", "**/?*.ini", "**/?*.cfg", "**/?*.csv", "**/?*.tsv", "**/?*.xml", "**/?*.html",
        "**/?*.lock", "**/?*.log", "**/?*.tar", "**/?*.gz", "**/?*.tgz", "**/?*.bz2", "**/?*.xz",
        "**/?*.zst", "**/?*.zip", "**/?*.7z", "**/?*.pdf", "**/?*.png", "**/?*.jpg", "**/?*.jpeg",
        "**/?*.gif", "**/?*.svg", "**/?*.webp", "**/?*.mp3", "**/?*.mp4", "**/?*.iso", "**/?*.img",
        "**/?*.deb", "**/?*.rpm", "**/?*.whl", "**/?*.jar", "**/?*.exe", "**/?*.dll", "**/?*.patch",
        "**/?*.diff", "**/?*.rej", "**/?*.out", "**/?*.py", "**/?*.pyi", "**/?*.ipynb", "**/?*.ts",
        "**/?*.tsx", "**/?*.jsx", "**/?*.mjs", "**/?*.cjs", "**/?*.vue", "**/?*.svelte", "**/?*.css",
        "**/?*.scss", "**/?*.go", "**/?*.rs", "**/?*.c", "**/?*.h", "**/?*.cc", "**/?*.cpp", "**/?*.hpp",
        "**/?*.java", "**/?*.kt", "**/?*.scala", "**/?*.swift", "**/?*.cs", "**/?*.rb", "**/?*.php",
        "**/?*.pl", "**/?*.pm", "**/?*.lua", "**/?*.ex", "**/?*.exs", "**/?*.sh", "**/?*.bash",
        "**/?*.zsh", "**/?*.ps1", "**/?*.sql", "**/?*.proto", "**/?*.tf", "**/?*.map", "**/?*.o",
        "**/?*.a", "**/?*.so", "**/?*.pid", "**/?*.sock", "**/Dockerfile", "**/Makefile",
        "**/CMakeLists.txt", "**/LICENSE", "**/Gemfile", "**/Procfile",
    ],
    trees: &[],
    except: &[],
}];

#[rustfmt::skip]
pub(super) const REBUILDABLE: &[Members] = &[
    // What package managers, compilers, bundlers, test runners and editors make, by the name that they give it.
    Members {
        these: &[
            "**/*.pyc", "**/*.pyo", "**/*.o", "**/*.obj", "**/*.class", "**/*.log", "**/*.log.*",
            "**/*.tmp", "**/*.temp", "**/*.swp", "**/*.swo", "**/?*~", "**/.DS_Store", "**/Thumbs.db",
            "**/.eslintcache", "**/.phpunit.result.cache", "**/.php-cs-fixer.cache", "**/.testmondata", "**/.ninja_deps", "**/.coverage", "**/.coverage.*", "**/*.tsbuildinfo", "**/nohup.out",
            "**/*.a", "**/*.so", "**/*.elf", "**/*.js.map", "**/*.css.map", "**/*.profraw", "**/*.gcda", "**/*.gcno", "**/?*.orig", "**/?*.rej",
            "**/?*.snap.new", "**/coverage.xml", "**/lcov.info", "**/junit.xml",
        ],
        trees: &[
            "**/node_modules", "**/bower_components", "**/.pnpm-store", "**/.yarn/cache",
            "**/.npm/_cacache", "**/target", "**/dist", "**/build", "**/out", "**/obj", "**/_build",
            "**/cmake-build-*", "**/bazel-*", "**/.next", "**/.nuxt", "**/.output", "**/.svelte-kit",
            "**/.angular", "**/.astro", "**/.docusaurus", "**/.vite", "**/.parcel-cache", "**/.turbo",
            "**/.nx", "**/.webpack", "**/.expo", "**/.serverless", "**/.vercel", "**/storybook-static",
            "**/__pycache__", "**/.pytest_cache", "**/.mypy_cache", "**/.ruff_cache", "**/.tox", "**/.nox",
            "**/.venv", "**/venv", "**/*.egg-info", "**/.eggs", "**/.ipynb_checkpoints", "**/htmlcov",
            "**/coverage", "**/.nyc_output", "**/test-results", "**/playwright-report", "**/.gradle",
            "**/.terraform", "**/.terragrunt-cache", "**/vendor/bundle", "**/.bundle", "**/Pods", "**/DerivedData", "**/.dart_tool",
            "**/.stack-work", "**/dist-newstyle", "**/elm-stuff", "**/zig-cache", "**/.zig-cache",
            "**/zig-out", "**/.cache", "**/.sass-cache", "**/.ccache", "**/.sccache", "**/.devenv",
            "**/.direnv", "**/tmp", "**/log", "**/logs", "**/_site", "**/.jekyll-cache", "**/resources/_gen",
            "**/?*.dSYM", "**/.vscode-test", "**/.husky/_",
            "**/.hypothesis", "**/.benchmarks", "**/.phpunit.cache", "**/var/cache",
            "**/storage/framework/cache", "**/bootstrap/cache", "**/allure-results", "**/allure-report",
            "**/cypress/videos", "**/cypress/screenshots", "**/.stryker-tmp", "**/mochawesome-report",
            "**/blob-report", "**/.pio", "**/managed_components", "**/CMakeFiles", "**/builddir",
            "**/build-debug", "**/build-release", "**/.build", "**/.swiftpm", "**/Carthage/Build", "**/.cxx",
            "**/.externalNativeBuild", "**/.kotlin", "**/.bsp", "**/.metals", "**/.bloop",
            "**/.shadow-cljs", "**/.cpcache", "**/TestResults", "**/wheelhouse", "**/.pdm-build",
            "**/__pypackages__", "**/.swc", "**/.aws-sam", "**/cdk.out", "**/.vitepress/cache", "**/_opam",
            "**/jspm_packages", "**/web_modules", "**/.yarn/unplugged", "**/.jest-cache", "**/.fusebox", "**/.lerna-cache",
            "**/.grunt", "**/.stencil", "**/.docz", "**/.umi", "**/.umi-production", "**/.contentlayer", "**/.velite",
            "**/.open-next", "**/.vinxi", "**/.tanstack", "**/.nitro", "**/.netlify/cache", "**/.netlify/functions",
            "**/.netlify/plugins", "**/common/temp", "**/.rush/temp", "**/lib-cov", "**/dist-*", "**/__generated__",
            "**/node_modules.*", "**/node_modules_*", "**/dist.old", "**/dist.bak", "**/dist.prev", "**/build.old",
            "**/build.bak",
            "**/pip-wheel-metadata", "**/.pytype", "**/.pyre", "**/.pybuilder", "**/cython_debug", "**/.mutmut-cache",
            "**/.doctrees", "**/autom4te.cache", "**/.ccls-cache", "**/.clangd/index", "**/vcpkg_installed", "**/_deps",
            "**/.xmake", "**/buck-out", "**/.buckd", "**/plz-out", "**/.pants.d",
            "**/.apt_generated", "**/_ReSharper.Caches", "**/ipch", "**/.symlinks", "**/fastlane/test_output",
            "**/DerivedDataCache", "**/.godot", "**/storage/framework/views", "**/.elixir_ls", "**/.lexical",
            "**/priv/static/assets", "**/.rebar", "**/.rebar3", "**/_esy", "**/.cabal-sandbox", "**/.hpc", "**/nimcache",
            "**/blib", "**/.dub", "**/.shards", "**/renv/library", "**/renv/staging", "**/packrat/lib", "**/*.Rcheck",
            "**/_minted", "**/svg-inkscape", "**/.quarto", "**/.flatpak-builder", "**/debian/.debhelper",
            "**/test-output", "**/test_output", "**/test_results", "**/test-reports",
        ],
        except: &[
            // not /usr/src, /opt and /var/www, where images keep the programs that they build
            "/usr/bin", "/usr/sbin", "/usr/lib", "/usr/lib64", "/usr/libexec", "/usr/share", "/usr/include",
            "/usr/local", "/usr/tmp", "/etc", "/bin", "/sbin", "/lib", "/lib64", "/boot", "/sys", "/proc", "/dev",
            "/var/lib", "/var/db", "/var/spool", "/var/mail", "/var/backups", "/var/opt", "/var/run", "/var/log",
            "/var/logs", "/var/tmp", "/var/cache", "/System", "/Library", "/Applications", "/run", "/nix", "/tmp",
            "/log", "/logs",
            // a repository's own logs: the reflog
            "**/.git", "**/.ssh", "**/.gnupg",
        ],
    },
    // Caches of the user and of the system, and logs.
    Members {
        these: &["/var/cache/**", "/var/log/**", "/var/lib/apt/lists/**", "/var/lib/dnf/**"],
        trees: &[
            "~/.cache", "~/.npm", "~/.cargo/registry", "~/.cargo/git", "~/.rustup/downloads",
            "~/.m2/repository", "~/.ivy2/cache", "~/go/pkg/mod", "~/.gradle/caches", "~/.nuget/packages",
            "~/.pub-cache", "~/.bun/install/cache", "~/.local/share/pnpm/store", "~/.yarn/berry/cache",
            "~/.conda/pkgs", "~/.cocoapods/repos", "~/.composer/cache", "~/.android/build-cache",
            "~/.local/share/virtualenvs", "~/.gradle/wrapper/dists", "~/.terraform.d/plugin-cache", "~/.local/share/Trash", "~/Library/Caches",
            "~/Library/Logs", "/var/cache/apt", "/var/cache/yum", "/var/cache/dnf", "/var/cache/pacman",
            "/var/lib/apt/lists",
            "~/.cpan/build", "~/.cpan/sources", "~/.node-gyp", "~/.electron-gyp", "~/.minikube/cache", "~/.julia/compiled",
            "~/.julia/packages", "~/.opam/download-cache", "~/.cabal/packages", "~/.ghcup/cache", "~/.sbt/boot",
            "~/.coursier", "~/.gradle/daemon", "~/.rustup/tmp",
        ],
        except: &["/var/log/journal"],
    },
];

/// The files of argvet, and those in which hosts are told to ask it.
#[rustfmt::skip]
pub(super) const GUARD: &[Members] = &[Members {
    these: &["**/bin/argvet", "**/bin/argvet.exe"],
    trees: &[
        "~/.config/argvet", "~/.local/state/argvet", "~/Library/Application Support/argvet", "/etc/argvet",
        "**/.argvet.toml", "**/.argvet",
        "**/.claude/settings.json", "**/.claude/settings.local.json", "/etc/claude-code",
        "/Library/Application Support/ClaudeCode",
        "**/.codex/hooks.json", "**/.codex/config.toml", "/etc/codex",
        "~/.copilot/hooks", "**/.github/hooks", "/etc/github-copilot/policy.d", "~/.copilot/settings.json",
        "**/.github/copilot/settings.json", "**/.github/copilot/settings.local.json",
        "**/.cursor/hooks.json", "/etc/cursor/hooks.json",
        "**/.gemini/settings.json", "~/.gemini/config/hooks.json", "/etc/gemini-cli",
        "**/.agents/hooks.json", "**/.agents/plugins/argvet",
        "**/.windsurf/hooks.json", "~/.codeium/windsurf/hooks.json", "/etc/windsurf",
        "**/.devin/hooks.v1.json", "~/.config/devin/config.json",
        "**/.opencode/plugin/argvet.js", "**/.opencode/plugins/argvet.js", "~/.config/opencode/plugin/argvet.js",
        "~/.config/opencode/plugins/argvet.js", "**/.kilo/plugins/argvet.js", "~/.config/kilo/plugins/argvet.js",
        "**/.qwen/settings.json", "/etc/qwen-code", "**/.factory/hooks.json", "**/.factory/settings.json",
        "**/.augment/settings.json", "/etc/augment", "**/.kiro/hooks/argvet.json",
        "**/.crush.json", "~/.config/crush/crush.json", "**/.amp/plugins/argvet.ts",
        "~/.config/amp/plugins/argvet.ts", "**/.grok/hooks", "~/.grok/config.toml", "~/.grok/disabled-hooks", "/etc/grok",
        "~/.kimi-code/config.toml", "~/.hermes/config.yaml", "~/.hermes/shell-hooks-allowlist.json",
        "**/.cline/hooks", "~/Documents/Cline/Hooks", "**/.clinerules/hooks", "~/.config/goose/settings.json",
        "~/.openclaw/openclaw.json", "~/.openclaw/extensions/argvet",
        "**/.pi/extensions/argvet.ts", "~/.pi/agent/extensions/argvet.ts",
    ],
    except: &[],
}];
